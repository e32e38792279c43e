package dev.parley.memorysvc.qdrant;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.CollectionsGrpc;

/** Collections and aliases of the server in memory. */
final class FakeCollections extends CollectionsGrpc.CollectionsImplBase {
  private final FakeQdrant qdrant;

  FakeCollections(FakeQdrant qdrant) {
    this.qdrant = qdrant;
  }

  @Override
  public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> out) {
    qdrant.answer(
        out,
        () -> {
          String name = request.getCollectionName();
          if (qdrant.collections.containsKey(name) || qdrant.aliases.containsKey(name)) {
            throw Status.ALREADY_EXISTS
                .withDescription("Wrong input: Collection `" + name + "` already exists!")
                .asRuntimeException();
          }
          qdrant.collections.put(name, new FakeCollection(request));
          return done();
        });
  }

  @Override
  public void delete(DeleteCollection request, StreamObserver<CollectionOperationResponse> out) {
    qdrant.answer(
        out,
        () -> {
          qdrant.collections.remove(request.getCollectionName());
          qdrant.aliases.values().removeIf(request.getCollectionName()::equals);
          return done();
        });
  }

  @Override
  public void get(GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> out) {
    qdrant.answer(
        out,
        () -> {
          FakeCollection collection = qdrant.collection(request.getCollectionName());
          CreateCollection made = collection.made();
          CollectionParams params =
              CollectionParams.newBuilder()
                  .setVectorsConfig(made.getVectorsConfig())
                  .setSparseVectorsConfig(made.getSparseVectorsConfig())
                  .build();
          CollectionInfo.Builder info =
              CollectionInfo.newBuilder()
                  .setPointsCount(collection.points().size())
                  .setConfig(
                      CollectionConfig.newBuilder()
                          .setParams(params)
                          .putAllMetadata(made.getMetadataMap()));
          collection
              .indexes()
              .forEach((field, type) ->
                  info.putPayloadSchema(
                      field, PayloadSchemaInfo.newBuilder().setDataType(type).build()));
          return GetCollectionInfoResponse.newBuilder().setResult(info).build();
        });
  }

  @Override
  public void updateAliases(
      ChangeAliases request, StreamObserver<CollectionOperationResponse> out) {
    qdrant.answer(
        out,
        () -> {
          for (AliasOperations change : request.getActionsList()) {
            if (change.hasDeleteAlias()) {
              qdrant.aliases.remove(change.getDeleteAlias().getAliasName());
            } else {
              qdrant.collection(change.getCreateAlias().getCollectionName());
              qdrant.aliases.put(
                  change.getCreateAlias().getAliasName(),
                  change.getCreateAlias().getCollectionName());
            }
          }
          return done();
        });
  }

  @Override
  public void listAliases(ListAliasesRequest request, StreamObserver<ListAliasesResponse> out) {
    qdrant.answer(
        out,
        () -> {
          ListAliasesResponse.Builder response = ListAliasesResponse.newBuilder();
          qdrant.aliases.forEach((alias, name) ->
              response.addAliases(
                  AliasDescription.newBuilder().setAliasName(alias).setCollectionName(name)));
          return response.build();
        });
  }

  private static CollectionOperationResponse done() {
    return CollectionOperationResponse.newBuilder().setResult(true).build();
  }
}
