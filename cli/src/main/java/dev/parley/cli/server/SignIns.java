package dev.parley.cli.server;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the person is signed in, by server, in a file of the person's configuration that nobody
 * else may read (0600). Safe for several processes: whoever changes it holds a lock beside it.
 */
public final class SignIns {
  /**
   * One sign-in.
   *
   * @param accessToken sent with calls
   * @param accessEnds when it ends, in seconds since 1970
   * @param refreshToken good for one refresh
   */
  public record SignIn(String accessToken, long accessEnds, String refreshToken) {
    @Override
    public String toString() {
      return "SignIn[ends " + accessEnds + "]";
    }
  }

  private static final Gson GSON = new Gson();
  private static final TypeToken<LinkedHashMap<String, SignIn>> FORM = new TypeToken<>() {};

  private final Path file;

  public SignIns(Path folder) {
    this.file = folder.resolve("sign-ins.json");
  }

  /** In {@code PARLEY_CONFIG}, else in the folder where programs of this machine keep settings. */
  public static SignIns ofThePerson() {
    Map<String, String> environment = System.getenv();
    String home = System.getProperty("user.home");
    String config = environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config");
    return new SignIns(Path.of(environment.getOrDefault("PARLEY_CONFIG", config + "/parley")));
  }

  /** The sign-in at a server. */
  public Optional<SignIn> at(String server) {
    return Optional.ofNullable(read().get(server));
  }

  /**
   * Replaces the sign-in at a server by what {@code change} makes of it; empty ends it. Others wait
   * meanwhile.
   *
   * @throws UncheckedIOException when the file cannot be written; what was there stays
   */
  public Optional<SignIn> change(
      String server, Function<Optional<SignIn>, Optional<SignIn>> change) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path lock = folder.resolve("sign-ins.lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        Map<String, SignIn> all = read();
        Optional<SignIn> before = Optional.ofNullable(all.get(server));
        Optional<SignIn> after = change.apply(before);
        if (held.isValid() && !after.equals(before)) {
          after.ifPresentOrElse(it -> all.put(server, it), () -> all.remove(server));
          write(all);
        }
        return after;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private Map<String, SignIn> read() {
    try {
      Map<String, SignIn> all = GSON.fromJson(Files.readString(file), FORM);
      return all == null ? new LinkedHashMap<>() : all;
    } catch (IOException | JsonSyntaxException nobody) {
      return new LinkedHashMap<>();
    }
  }

  private void write(Map<String, SignIn> all) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, GSON.toJson(all));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
