package dev.parley.memorysvc.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.SnapshotsGrpc;
import io.qdrant.client.grpc.SnapshotsService.CreateSnapshotRequest;
import io.qdrant.client.grpc.SnapshotsService.CreateSnapshotResponse;
import io.qdrant.client.grpc.SnapshotsService.SnapshotDescription;

/** Snapshots of the server in memory: names only. */
final class FakeSnapshots extends SnapshotsGrpc.SnapshotsImplBase {
  private final FakeQdrant qdrant;

  FakeSnapshots(FakeQdrant qdrant) {
    this.qdrant = qdrant;
  }

  @Override
  public void create(CreateSnapshotRequest request, StreamObserver<CreateSnapshotResponse> out) {
    qdrant.answer(
        out,
        () -> {
          qdrant.collection(request.getCollectionName());
          return CreateSnapshotResponse.newBuilder()
              .setSnapshotDescription(
                  SnapshotDescription.newBuilder()
                      .setName(request.getCollectionName() + ".snapshot"))
              .build();
        });
  }
}
