package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tools such as grpcurl learn from the server itself. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReflectionTest {
  @Test
  void onLoopbackTheServicesAreListed() throws Exception {
    try (Edge edge = Edge.builder().service(new FakeConversation()).start()) {
      assertThat(services(edge.port()).get(20, TimeUnit.SECONDS))
          .contains("parley.conversation.v1.ConversationService");
    }
  }

  @Test
  void onAnyOtherAddressNothingIsTold() {
    Edge open = Edge.builder().service(new FakeConversation()).address("0.0.0.0", 0).start();
    try (open) {
      var listed = services(open.port());
      assertThatThrownBy(() -> listed.get(20, TimeUnit.SECONDS))
          .satisfies(e ->
              assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
    }
  }

  private static CompletableFuture<List<String>> services(int port) {
    CompletableFuture<List<String>> listed = new CompletableFuture<>();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    listed.whenComplete((services, thrown) -> channel.shutdownNow());
    var asking =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<ServerReflectionResponse>() {
                  @Override
                  public void onNext(ServerReflectionResponse answer) {
                    listed.complete(
                        answer.getListServicesResponse().getServiceList().stream()
                            .map(ServiceResponse::getName)
                            .toList());
                  }

                  @Override
                  public void onError(Throwable thrown) {
                    listed.completeExceptionally(thrown);
                  }

                  @Override
                  public void onCompleted() {
                    listed.complete(List.of());
                  }
                });
    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    return listed;
  }
}
