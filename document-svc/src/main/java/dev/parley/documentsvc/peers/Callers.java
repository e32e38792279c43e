package dev.parley.documentsvc.peers;

import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;

/** Calls in the name of an owner, also from background work that nobody called. */
final class Callers {
  private Callers() {}

  /** Runs a call as somebody's; what the other service says becomes a failure of ours. */
  static <T> T as(Owner owner, Supplier<T> call) {
    Context context = new Caller(owner, Ids.next(), false).attachTo(Context.current());
    Context before = context.attach();
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw Failures.fromStatus(e);
    } finally {
      context.detach(before);
    }
  }
}
