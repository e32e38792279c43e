package dev.parley.orchestrator.identity.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The chain of an organisation's entries while it is written or verified, in order. Not
 * thread-safe.
 */
public final class Chain {
  private long number;
  private String hash;
  private long firstBroken;

  /** Goes on after that entry; 0 and {@link Entry#FIRST} begin. */
  public Chain(long number, String hash) {
    this.number = number;
    this.hash = hash;
  }

  /**
   * Adds deeds of one organisation.
   *
   * @param pseudonyms of a person's id
   */
  public List<Entry> add(List<Deed> deeds, Function<String, String> pseudonyms) {
    Map<String, String> known = new HashMap<>();
    List<Entry> entries = new ArrayList<>(deeds.size());
    for (Deed deed : deeds) {
      String actor =
          deed.actorId().isEmpty() ? "" : known.computeIfAbsent(deed.actorId(), pseudonyms);
      boolean person = deed.targetKind().equals(Deed.PERSON) && !deed.targetId().isEmpty();
      String id = person ? known.computeIfAbsent(deed.targetId(), pseudonyms) : deed.targetId();
      String target = deed.targetKind().isEmpty() ? "" : deed.targetKind() + "/" + id;
      entries.add(next(Entry.after(hash, number + 1, deed, actor, target)));
    }
    return entries;
  }

  private Entry next(Entry entry) {
    number = entry.number();
    hash = entry.hash();
    return entry;
  }

  /** Looks whether the next kept entry fits. */
  public void verify(Entry entry) {
    boolean fits = entry.number() == number + 1 && entry.hash().equals(entry.hashAfter(hash));
    if (!fits && firstBroken == 0) {
      firstBroken = number + 1;
    }
    next(entry);
  }

  /** What was found: the head that the store keeps beside the entries is compared as well. */
  public Verdict verdict(long entries, long headNumber, String headHash) {
    boolean headFits = number == headNumber && hash.equals(headHash);
    long broken = firstBroken == 0 && !headFits ? number + 1 : firstBroken;
    return new Verdict(broken == 0, entries, broken, hash);
  }

  /** Number of the last entry. */
  public long number() {
    return number;
  }

  /** Hash of the last entry. */
  public String hash() {
    return hash;
  }

  /**
   * Whether a chain holds.
   *
   * @param entries how many there are
   * @param firstBroken the number of the first that does not fit; 0 when all do
   * @param head the hash of the newest
   */
  public record Verdict(boolean intact, long entries, long firstBroken, String head) {}
}
