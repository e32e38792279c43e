package dev.parley.kit.metering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.speech.v1.RecognizeResponse;
import dev.parley.speech.v1.RecognizedUtterance;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.StreamRecognizeResponse;
import dev.parley.speech.v1.SynthesisDone;
import dev.parley.speech.v1.SynthesizeResponse;
import dev.parley.speech.v1.VoiceActivity;
import dev.parley.type.v1.CostClass;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What calls for speech are counted as, and what becomes of those that are not let in. */
class MeteringInterceptorTest {
  private final List<String> told = new ArrayList<>();
  private Optional<Failure> refusing = Optional.empty();
  private boolean outside = true;

  @Test
  void aFileCountsInItsLengthAndNotInThatOfItsUtterances() {
    var answer =
        RecognizeResponse.newBuilder()
            .setDurationUs(7_000_000)
            .addUtterances(RecognizedUtterance.newBuilder().setDecidedUs(9_000_000))
            .build();
    call(SpeechServiceGrpc.getRecognizeMethod(), answer);
    assertThat(told).containsExactly("COST_CLASS_SPEECH", "PT7S");
  }

  @Test
  void aStreamCountsOnceAtItsEndAsFarAsWasHeard() {
    call(
        SpeechServiceGrpc.getStreamRecognizeMethod(),
        stopped(1_500_000),
        decided(2_250_000),
        stopped(2_000_000));
    assertThat(told).containsExactly("COST_CLASS_SPEECH", "PT2.25S");
  }

  @Test
  void speechThatIsMadeCountsInTheLengthThatIsToldAtTheEnd() {
    var done =
        SynthesizeResponse.newBuilder()
            .setDone(SynthesisDone.newBuilder().setDurationUs(1_234_000))
            .build();
    call(SpeechServiceGrpc.getSynthesizeMethod(), SynthesizeResponse.getDefaultInstance(), done);
    assertThat(told).containsExactly("COST_CLASS_SPEECH", "PT1.234S");
  }

  @Test
  void whatIsNoSpeechIsLetInAndNotMeasured() {
    call(SpeechServiceGrpc.getListVoicesMethod());
    assertThat(told).containsExactly("COST_CLASS_READ");
  }

  @Test
  void ourOwnServicesAreNeitherAskedNorCounted() {
    outside = false;
    call(SpeechServiceGrpc.getStreamRecognizeMethod(), decided(2_250_000));
    assertThat(told).isEmpty();
  }

  @Test
  void whoHasNothingLeftIsRefusedBeforeAnythingIsDone() {
    refusing = Optional.of(Failure.of(Failure.Code.RESOURCE_EXHAUSTED, "QUOTA_EXCEEDED", "speech"));
    Closed call = call(SpeechServiceGrpc.getStreamRecognizeMethod(), decided(2_250_000));
    assertThat(call.status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(call.sent).isZero();
    assertThat(told).containsExactly("COST_CLASS_SPEECH");
  }

  private static StreamRecognizeResponse stopped(long us) {
    return StreamRecognizeResponse.newBuilder()
        .setSpeechStopped(VoiceActivity.newBuilder().setInputTimeUs(us))
        .build();
  }

  private static StreamRecognizeResponse decided(long us) {
    return StreamRecognizeResponse.newBuilder()
        .setFinal(RecognizedUtterance.newBuilder().setDecidedUs(us))
        .build();
  }

  @SafeVarargs
  private <Q, S extends Message> Closed call(MethodDescriptor<Q, S> method, S... answers) {
    Closed call = new Closed(method);
    var interceptor = new MeteringInterceptor(metering());
    Context context = new Caller(new Owner("acme", "ann"), "r1", outside).attachTo(Context.ROOT);
    context.run(() ->
        interceptor.interceptCall(
            call.as(),
            new Metadata(),
            (let, _) -> {
              for (S answer : answers) {
                let.sendMessage(answer);
              }
              let.close(Status.OK, new Metadata());
              return new ServerCall.Listener<>() {};
            }));
    return call;
  }

  private Metering metering() {
    return new Metering() {
      @Override
      public void admit(Caller caller, String address, CostClass cost) {
        told.add(cost.name());
        refusing.ifPresent(it -> {
          throw it;
        });
      }

      @Override
      public void spoke(Caller caller, Duration speech) {
        told.add(speech.toString());
      }
    };
  }

  /** A call that only remembers how it was closed. */
  private static final class Closed {
    private final MethodDescriptor<?, ?> method;
    private Status status = Status.UNKNOWN;
    private int sent;

    Closed(MethodDescriptor<?, ?> method) {
      this.method = method;
    }

    <Q, S> ServerCall<Q, S> as() {
      return new ServerCall<>() {
        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(S message) {
          sent++;
        }

        @Override
        public void close(Status how, Metadata trailers) {
          status = how;
        }

        @Override
        public boolean isCancelled() {
          return false;
        }

        @Override
        @SuppressWarnings("unchecked")
        public MethodDescriptor<Q, S> getMethodDescriptor() {
          return (MethodDescriptor<Q, S>) method;
        }
      };
    }
  }
}
