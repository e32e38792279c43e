package dev.parley.memorysvc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.settings.Settings;
import dev.parley.memory.v1.DeleteItemRequest;
import dev.parley.memory.v1.ExportItemsRequest;
import dev.parley.memory.v1.Item;
import dev.parley.memory.v1.ItemKind;
import dev.parley.memory.v1.ListItemsRequest;
import dev.parley.memory.v1.Memory;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.MemoryServiceGrpc.MemoryServiceBlockingStub;
import dev.parley.memory.v1.RecallRequest;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import dev.parley.memory.v1.RecollectionServiceGrpc.RecollectionServiceBlockingStub;
import dev.parley.memory.v1.RememberRequest;
import dev.parley.memory.v1.RememberedTurn;
import dev.parley.memory.v1.SearchItemsRequest;
import dev.parley.memory.v1.UpdateItemRequest;
import dev.parley.memorysvc.redis.RedisServer;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** People who tell a running memory service things, over both contracts. */
final class People implements AutoCloseable {
  final MemoryServiceBlockingStub memory;
  final RecollectionServiceBlockingStub items;
  private final RedisServer redis;
  private final NativePool pool = new NativePool("test", 1, 64);
  private final Hosted hosted;
  private final ManagedChannel channel;

  /** With the real model, an index below that folder and a Redis. */
  People(Path folder) throws Exception {
    redis = RedisServer.start(folder);
    MemorySettings settings =
        Settings.load(
                List.of(
                    "--memory.folder=" + folder.resolve("memory"),
                    "--memory.redis=" + redis.address()),
                Map.of(),
                List.of(MemorySettings.class))
            .of(MemorySettings.class);
    String name = "memory-" + Ids.next();
    hosted = Hosted.inProcess(MemoryService.start(settings, pool), name);
    channel = Hosted.channel(name);
    memory = MemoryServiceGrpc.newBlockingStub(channel);
    items = RecollectionServiceGrpc.newBlockingStub(channel);
  }

  void say(Owner owner, String session, Instant time, String said) {
    memory.remember(request(owner, "ada", session, time, said).build());
  }

  RememberRequest.Builder request(
      Owner owner, String character, String session, Instant time, String said) {
    return RememberRequest.newBuilder()
        .setOwner(owner(owner))
        .setCharacterId(character)
        .setTurn(
            RememberedTurn.newBuilder()
                .setTurnId(Ids.next())
                .setSessionId(session)
                .setPersonText(said)
                .setCharacterText("I see.")
                .setTime(Timestamp.newBuilder().setSeconds(time.getEpochSecond())));
  }

  List<Memory> recall(Owner owner, String query) {
    return memory
        .recall(
            RecallRequest.newBuilder()
                .setOwner(owner(owner))
                .setCharacterId("ada")
                .setQuery(query)
                .build())
        .getMemoriesList();
  }

  List<Item> list(Owner owner) {
    return as(owner, () -> items.listItems(ListItemsRequest.getDefaultInstance())).getItemsList();
  }

  List<Item> facts(Owner owner) {
    ListItemsRequest request =
        ListItemsRequest.newBuilder().setKind(ItemKind.ITEM_KIND_FACT).build();
    return as(owner, () -> items.listItems(request)).getItemsList();
  }

  List<dev.parley.memory.v1.ScoredItem> search(Owner owner, String query) {
    SearchItemsRequest request = SearchItemsRequest.newBuilder().setQuery(query).build();
    return as(owner, () -> items.searchItems(request)).getItemsList();
  }

  List<Item> export(Owner owner) {
    return as(
        owner,
        () -> {
          List<Item> all = new ArrayList<>();
          items
              .exportItems(ExportItemsRequest.getDefaultInstance())
              .forEachRemaining(it -> all.add(it.getItem()));
          return all;
        });
  }

  void pin(Owner owner, String id) {
    UpdateItemRequest request =
        UpdateItemRequest.newBuilder()
            .setItemId(id)
            .setItem(Item.newBuilder().setPinned(true))
            .build();
    assertThat(as(owner, () -> items.updateItem(request)).getItem().getPinned()).isTrue();
  }

  void delete(Owner owner, String id) {
    as(owner, () -> items.deleteItem(DeleteItemRequest.newBuilder().setItemId(id).build()));
  }

  static <T> T as(Owner owner, Supplier<T> call) {
    Context before = new Caller(owner, Ids.next(), false).attachTo(Context.ROOT).attach();
    try {
      return call.get();
    } finally {
      Context.current().detach(before);
    }
  }

  static dev.parley.type.v1.Owner owner(Owner owner) {
    return dev.parley.type.v1.Owner.newBuilder()
        .setOrganisationId(owner.organisationId())
        .setPersonId(owner.personId())
        .build();
  }

  @Override
  public void close() throws Exception {
    channel.shutdownNow();
    hosted.close();
    pool.close();
    redis.close();
  }
}
