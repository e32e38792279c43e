package dev.parley.memorysvc.grpc;

import com.google.protobuf.FieldMask;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.stream.ServerStreams;
import dev.parley.memory.v1.DeleteItemRequest;
import dev.parley.memory.v1.DeleteItemResponse;
import dev.parley.memory.v1.ExportItemsRequest;
import dev.parley.memory.v1.ExportItemsResponse;
import dev.parley.memory.v1.ListItemsRequest;
import dev.parley.memory.v1.ListItemsResponse;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import dev.parley.memory.v1.SearchItemsRequest;
import dev.parley.memory.v1.SearchItemsResponse;
import dev.parley.memory.v1.UpdateItemRequest;
import dev.parley.memory.v1.UpdateItemResponse;
import dev.parley.memorysvc.recollection.Item;
import dev.parley.memorysvc.recollection.Items;
import dev.parley.memorysvc.recollection.Scope;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** How people reach what is remembered of them: the owner is the caller, always. */
public final class RecollectionGrpc extends RecollectionServiceGrpc.RecollectionServiceImplBase {
  private static final int LISTED = 50;
  private static final int FOUND = 10;

  private final Items items;

  /** Answers from these items. */
  public RecollectionGrpc(Items items) {
    this.items = items;
  }

  @Override
  public void listItems(ListItemsRequest request, StreamObserver<ListItemsResponse> answer) {
    int size = request.getPageSize() == 0 ? LISTED : request.getPageSize();
    Items.Page page =
        items.page(
            scope(request.getCharacterId()),
            ItemMessages.kind(request.getKind()),
            ItemPlaces.read(request.getPageToken()),
            size);
    ListItemsResponse.Builder response = ListItemsResponse.newBuilder();
    page.items().forEach(it -> response.addItems(ItemMessages.item(it)));
    if (page.more()) {
      page.last().map(ItemPlaces::write).ifPresent(response::setNextPageToken);
    }
    send(answer, response.build());
  }

  @Override
  public void searchItems(SearchItemsRequest request, StreamObserver<SearchItemsResponse> answer) {
    int limit = request.getLimit() == 0 ? FOUND : request.getLimit();
    SearchItemsResponse.Builder response = SearchItemsResponse.newBuilder();
    items
        .search(scope(request.getCharacterId()), request.getQuery(), limit)
        .forEach(it -> response.addItems(ItemMessages.scored(it)));
    send(answer, response.build());
  }

  @Override
  public void updateItem(UpdateItemRequest request, StreamObserver<UpdateItemResponse> answer) {
    FieldMask mask = request.getUpdateMask();
    boolean all = mask.getPathsCount() == 0;
    for (String path : mask.getPathsList()) {
      if (!path.equals("text") && !path.equals("pinned")) {
        throw Failure.invalid("update_mask", path + " (expected text or pinned)");
      }
    }
    String text = request.getItem().getText();
    boolean correct = mask.getPathsList().contains("text") || all && !text.isEmpty();
    if (correct && text.isBlank()) {
      throw Failure.invalid("item.text", "empty (expected words, or delete the item)");
    }
    boolean pin = mask.getPathsList().contains("pinned") || all && request.getItem().getPinned();
    Item item =
        items.update(
            owner(),
            request.getItemId(),
            correct ? Optional.of(text.strip()) : Optional.empty(),
            pin ? Optional.of(request.getItem().getPinned()) : Optional.empty());
    send(answer, UpdateItemResponse.newBuilder().setItem(ItemMessages.item(item)).build());
  }

  @Override
  public void deleteItem(DeleteItemRequest request, StreamObserver<DeleteItemResponse> answer) {
    items.delete(owner(), request.getItemId());
    send(answer, DeleteItemResponse.getDefaultInstance());
  }

  @Override
  public void exportItems(ExportItemsRequest request, StreamObserver<ExportItemsResponse> answer) {
    Scope scope = scope(request.getCharacterId());
    ServerStreams.stream(
        answer,
        out ->
            items.each(
                scope,
                item ->
                    out.send(
                        ExportItemsResponse.newBuilder()
                            .setItem(ItemMessages.item(item))
                            .build())));
  }

  private static Scope scope(String characterId) {
    Scope all = Scope.of(owner());
    return characterId.isEmpty() ? all : all.with(characterId);
  }

  private static Owner owner() {
    return Caller.current().owner();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
