package dev.parley.cli.server;

import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.Timestamp;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of the contract as they are typed and shown: without their prefix, in lower case. */
public final class Named {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());
  private static final int FIRST_GRANTED = Permission.PERMISSION_CONVERSATIONS_READ_VALUE;

  private Named() {}

  public static String of(Role role) {
    return role.name().substring("ROLE_".length()).toLowerCase(Locale.ROOT);
  }

  public static String of(Permission permission) {
    return permission.name().substring("PERMISSION_".length()).toLowerCase(Locale.ROOT);
  }

  /** To the minute, by this machine's zone; {@code never} for none. */
  public static String of(boolean there, Timestamp time) {
    return there ? MINUTE.format(Instant.ofEpochSecond(time.getSeconds())) : "never";
  }

  /** Reads a role. */
  public static final class Roles implements ITypeConverter<Role> {
    @Override
    public Role convert(String typed) {
      require(typed, known(Role.values(), Role.ROLE_VIEWER_VALUE, "ROLE_"));
      return Role.valueOf("ROLE_" + typed.toUpperCase(Locale.ROOT));
    }
  }

  /** Reads a permission that may be given. */
  public static final class Permissions implements ITypeConverter<Permission> {
    @Override
    public Permission convert(String typed) {
      require(typed, known(Permission.values(), FIRST_GRANTED, "PERMISSION_"));
      return Permission.valueOf("PERMISSION_" + typed.toUpperCase(Locale.ROOT));
    }
  }

  private static <E extends Enum<E> & ProtocolMessageEnum> List<String> known(
      E[] all, int from, String prefix) {
    return Arrays.stream(all)
        .filter(it -> !it.name().equals("UNRECOGNIZED") && it.getNumber() >= from)
        .map(it -> it.name().substring(prefix.length()).toLowerCase(Locale.ROOT))
        .toList();
  }

  private static void require(String typed, List<String> names) {
    if (!names.contains(typed)) {
      throw new TypeConversionException(
          typed + " (expected one of " + String.join(", ", names) + ")");
    }
  }
}
