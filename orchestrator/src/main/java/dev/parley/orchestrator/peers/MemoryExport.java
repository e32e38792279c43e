package dev.parley.orchestrator.peers;

import dev.parley.kit.identity.Owner;
import dev.parley.memory.v1.ExportItemsRequest;
import dev.parley.memory.v1.ExportItemsResponse;
import dev.parley.memory.v1.Item;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import io.grpc.Channel;
import java.util.Iterator;

/** All that the memory service remembers of the caller. Thread-safe. */
public record MemoryExport(Channel channel) {
  /** The current caller's items, read as they are taken. The owner is the caller's own. */
  public Iterator<Item> of(Owner owner) {
    Iterator<ExportItemsResponse> items =
        RecollectionServiceGrpc.newBlockingStub(channel)
            .exportItems(ExportItemsRequest.getDefaultInstance());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Item next() {
        return items.next().getItem();
      }
    };
  }
}
