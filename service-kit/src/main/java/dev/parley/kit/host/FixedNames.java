package dev.parley.kit.host;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * Several addresses of one service, said once: {@code fixed:///127.0.0.1:7101,127.0.0.1:7102}. Each
 * is a replica of its own for the balancer.
 */
final class FixedNames extends NameResolverProvider {
  static final String SCHEME = "fixed";

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
    return SCHEME.equals(target.getScheme())
        ? new Fixed(addresses(target.getPath().substring(1)))
        : null;
  }

  private static List<EquivalentAddressGroup> addresses(String path) {
    return Arrays.stream(path.split(","))
        .map(FixedNames::address)
        .map(EquivalentAddressGroup::new)
        .toList();
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(text + " (expected host:port)");
    }
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  private static final class Fixed extends NameResolver {
    private final List<EquivalentAddressGroup> addresses;

    Fixed(List<EquivalentAddressGroup> addresses) {
      this.addresses = addresses;
    }

    @Override
    public String getServiceAuthority() {
      return "parley";
    }

    @Override
    public void start(Listener2 listener) {
      listener.onResult(
          ResolutionResult.newBuilder()
              .setAddressesOrError(StatusOr.fromValue(addresses))
              .setAttributes(Attributes.EMPTY)
              .build());
    }

    @Override
    public void shutdown() {}
  }
}
