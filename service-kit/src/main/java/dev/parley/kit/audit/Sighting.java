package dev.parley.kit.audit;

import com.google.protobuf.Message;
import dev.parley.kit.identity.Caller;
import io.grpc.Context;
import java.util.Optional;

/**
 * What is seen of one call on its way, for the audit log: the steps inside know more of it than the
 * one outside that writes it down. Used by the threads of the call, one after the other.
 */
public final class Sighting {
  private static final Context.Key<Sighting> KEY = Context.key("parley-sighting");

  private volatile Optional<Caller> caller = Optional.empty();
  private volatile Optional<Message> request = Optional.empty();
  private volatile Optional<Message> answer = Optional.empty();

  /** That of the current call, where one is kept. */
  public static Optional<Sighting> current() {
    return Optional.ofNullable(KEY.get());
  }

  Context attachTo(Context context) {
    return context.withValue(KEY, this);
  }

  /** Who calls is known now, be it to be refused. */
  public void saw(Caller it) {
    caller = Optional.of(it);
  }

  void sawRequest(Object message) {
    if (request.isEmpty() && message instanceof Message it) {
      request = Optional.of(it);
    }
  }

  void sawAnswer(Object message) {
    if (answer.isEmpty() && message instanceof Message it) {
      answer = Optional.of(it);
    }
  }

  Optional<Caller> caller() {
    return caller;
  }

  Optional<Message> request() {
    return request;
  }

  Optional<Message> answer() {
    return answer;
  }
}
