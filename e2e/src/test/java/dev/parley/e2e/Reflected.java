package dev.parley.e2e;

import io.grpc.ManagedChannel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a server tells tools such as grpcurl of itself. */
final class Reflected {
  private Reflected() {}

  /** Names of all services, as {@code grpcurl list} asks for them. */
  static CompletableFuture<List<String>> services(ManagedChannel channel) {
    CompletableFuture<List<String>> listed = new CompletableFuture<>();
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
