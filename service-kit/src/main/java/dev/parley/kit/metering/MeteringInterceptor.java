package dev.parley.kit.metering;

import com.google.protobuf.Message;
import dev.parley.kit.access.Declared;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.type.v1.Access;
import dev.parley.type.v1.CostClass;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/**
 * Holds calls from outside to limits and plans by what the contract says they cost, and counts the
 * speech in their answers. It stands inside of what decides about access: who calls is known.
 */
public final class MeteringInterceptor implements ServerInterceptor {
  private final Metering metering;

  /** Asks there. */
  public MeteringInterceptor(Metering metering) {
    this.metering = metering;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Caller caller = Caller.current();
    if (metering == Metering.NONE || !caller.outside()) {
      return next.startCall(call, headers);
    }
    CostClass cost =
        Declared.of(call.getMethodDescriptor())
            .map(Access::getCostClass)
            .orElse(CostClass.COST_CLASS_FREE);
    try {
      metering.admit(caller, Addresses.of(call, headers), cost);
    } catch (RuntimeException refused) {
      StatusRuntimeException status = Failures.toStatus(refused);
      Metadata trailers = status.getTrailers();
      call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
      return new ServerCall.Listener<>() {};
    }
    boolean speech = cost == CostClass.COST_CLASS_SPEECH;
    return next.startCall(speech ? new Measured<>(call, caller) : call, headers);
  }

  /** Counts the length of speech that the answers tell, when the call is over. */
  private final class Measured<Q, S> extends SimpleForwardingServerCall<Q, S> {
    private final Caller caller;
    private long longestUs;

    Measured(ServerCall<Q, S> call, Caller caller) {
      super(call);
      this.caller = caller;
    }

    @Override
    public void sendMessage(S message) {
      if (message instanceof Message it) {
        longestUs = Math.max(longestUs, Lengths.endUs(it));
      }
      super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      metering.spoke(caller, Duration.ofNanos(longestUs * 1000));
      super.close(status, trailers);
    }
  }
}
