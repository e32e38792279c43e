package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Vector;
import java.util.ArrayList;
import java.util.List;

/** Makes the entries of items: their texts, cut where they are long, with their meanings. */
final class Entries {
  private final Embedder embedder;

  Entries(Embedder embedder) {
    this.embedder = embedder;
  }

  /** All entries of items, embedded in one batch. */
  List<Entry> of(Owner owner, List<Item> items) {
    List<Item> whose = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Item item : items) {
      for (String passage : Passages.of(item.turn().personText())) {
        whose.add(item);
        kinds.add(kind(item));
        texts.add(passage);
      }
      for (String passage : Passages.of(item.turn().characterText())) {
        whose.add(item);
        kinds.add(Kind.ANSWERED);
        texts.add(passage);
      }
    }
    List<Vector> vectors = texts.isEmpty() ? List.of() : embedder.embed(texts);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      entries.add(new Entry(owner, whose.get(i), kinds.get(i), texts.get(i), vectors.get(i)));
    }
    return entries;
  }

  private static Kind kind(Item item) {
    return switch (item.kind()) {
      case TURN -> Question.is(item.text()) ? Kind.ASKED : Kind.TOLD;
      case FACT -> Kind.FACT;
      case SUMMARY -> Kind.SUMMARY;
    };
  }
}
