package dev.parley.kit.contract;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import dev.parley.type.v1.Access;
import dev.parley.type.v1.AccessOuterClass;
import dev.parley.type.v1.CostClass;
import dev.parley.type.v1.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the contracts say of every method, read from the descriptor set that is built with them. */
public final class Contract {
  /** Where the descriptor set lies on the class path. */
  public static final String RESOURCE = "parley.binpb";

  private static final List<Method> METHODS = read();

  private Contract() {}

  /** All methods of all services, in the order of the contracts. */
  public static List<Method> methods() {
    return METHODS;
  }

  /** The descriptor set, as Envoy and reflection take it. */
  public static byte[] descriptors() {
    try (InputStream in = Contract.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Method> read() {
    ExtensionRegistry known = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(known);
    AccessOuterClass.registerAllExtensions(known);
    List<Method> methods = new ArrayList<>();
    try {
      for (FileDescriptorProto file :
          FileDescriptorSet.parseFrom(descriptors(), known).getFileList()) {
        for (ServiceDescriptorProto service : file.getServiceList()) {
          String name = file.getPackage() + "." + service.getName();
          service.getMethodList().forEach(it -> methods.add(method(name, it)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(methods);
  }

  private static Method method(String service, MethodDescriptorProto method) {
    MethodOptions options = method.getOptions();
    Access access = options.getExtension(AccessOuterClass.access);
    return new Method(
        service,
        method.getName(),
        method.getClientStreaming() || method.getServerStreaming(),
        isSafe(access),
        access.getPermission() == Permission.PERMISSION_MESH,
        access.getPermission() == Permission.PERMISSION_PUBLIC,
        access.getCostClass().name().replace("COST_CLASS_", "").toLowerCase(Locale.ROOT),
        rest(options));
  }

  private static boolean isSafe(Access access) {
    return access.getCostClass() == CostClass.COST_CLASS_READ
        || access.getCostClass() == CostClass.COST_CLASS_SEARCH;
  }

  private static Optional<String> rest(MethodOptions options) {
    HttpRule rule = options.getExtension(AnnotationsProto.http);
    return switch (rule.getPatternCase()) {
      case GET, PUT, POST, DELETE, PATCH -> Optional.of(rule.getPatternCase().name());
      default -> Optional.empty();
    };
  }
}
