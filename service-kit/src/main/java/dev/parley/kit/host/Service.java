package dev.parley.kit.host;

import dev.parley.kit.health.Part;
import io.grpc.BindableService;
import java.time.Duration;
import java.util.List;

/**
 * A service as it is wired once and hosted anywhere: on a port, in-process, in a test. Made ready
 * by its factory; {@link #close()} releases what the factory took, after the last call ended.
 */
public interface Service extends AutoCloseable {
  /** Its name, as in {@code speech}. */
  String name();

  /** What it answers to. */
  List<BindableService> grpcServices();

  /** What it needs, for readiness and the doctor. */
  List<Part> parts();

  /**
   * Says goodbye to those who are connected and finishes what is under way; before calls are ended.
   * Blocks, not much longer than the deadline. Nothing by default.
   */
  default void drain(Duration deadline) {}

  @Override
  void close();
}
