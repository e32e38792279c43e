package dev.parley.kit.host;

import dev.parley.kit.health.Part;
import io.grpc.BindableService;
import java.util.List;

/** A service that somebody else drains and closes. */
record Borrowed(Service service) implements Service {
  @Override
  public String name() {
    return service.name();
  }

  @Override
  public List<BindableService> grpcServices() {
    return service.grpcServices();
  }

  @Override
  public List<Part> parts() {
    return service.parts();
  }

  @Override
  public void close() {}
}
