package dev.parley.orchestrator.spool;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.MediaStore;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Where accepted turns and their media wait on disk while PostgreSQL or the object store is away,
 * so that conversations go on, nothing accepted is lost, not even with the process, and memory does
 * not grow. It is bounded in bytes: beyond that no new turn is accepted. Thread-safe.
 */
public final class Spool implements PersonalStore, AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final SpoolFolder folder;
  private final Room room;
  private final Lane history;
  private final Lane objects;
  private final SpooledTurns turns;
  private final SpooledMedia media;

  private Spool(
      SpoolFolder folder,
      long mostBytes,
      TurnStore turns,
      MediaStore media,
      SessionStore sessions,
      Function<TurnRecord, String> write,
      Function<String, TurnRecord> read) {
    this.folder = folder;
    this.room = new Room(mostBytes);
    var files = folder.files();
    var numbers = new AtomicLong(files.isEmpty() ? 0 : SpoolFolder.number(files.getLast()));
    this.history =
        new Lane(
            "postgres",
            folder,
            room,
            numbers,
            (_, bytes) -> keep(read.apply(text(bytes)), turns, sessions, media),
            LONGEST_PAUSE);
    this.objects =
        new Lane(
            "object store",
            folder,
            room,
            numbers,
            (what, bytes) -> media.put(what.key(), bytes, what.mark()),
            LONGEST_PAUSE);
    this.turns = new SpooledTurns(turns, history, room, write, read);
    this.media = new SpooledMedia(media, objects);
    files.forEach(this::takeOn);
  }

  /** What a disk has damaged is put aside; the rest is gone on with. */
  private void takeOn(Path file) {
    try {
      Waiting what = SpoolFolder.what(file);
      (what.kind().equals(SpooledTurns.KIND) ? history : objects).takeOn(file, what);
    } catch (IllegalArgumentException damaged) {
      System.getLogger("parley.spool")
          .log(System.Logger.Level.ERROR, file + " cannot be read, put aside", damaged);
      SpoolFolder.setAside(file);
    }
  }

  /**
   * Waits below that folder; goes on with what an earlier process left there.
   *
   * @param mostBytes that may wait before no new turn is accepted
   * @param write a turn as text, and {@code read} back
   */
  public static Spool open(
      Path folder,
      long mostBytes,
      TurnStore turns,
      MediaStore media,
      SessionStore sessions,
      Function<TurnRecord, String> write,
      Function<String, TurnRecord> read) {
    return new Spool(SpoolFolder.open(folder), mostBytes, turns, media, sessions, write, read);
  }

  /** Turns that wait here while their store is away. */
  public TurnStore turns() {
    return turns;
  }

  /** The same for media. */
  public MediaStore media() {
    return media;
  }

  /** Bytes that wait. */
  public long waiting() {
    return room.used();
  }

  /** Somebody may have removed the session meanwhile, here or in another process. */
  private void keep(TurnRecord turn, TurnStore to, SessionStore sessions, MediaStore media) {
    if (sessions.find(turn.owner(), turn.sessionId()).isPresent()) {
      to.save(turn);
    } else {
      objects.drop(it -> it.sessionId().equals(turn.sessionId()));
      media.deleteAll(SessionRecord.media(turn.owner(), turn.sessionId()));
    }
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    int waited = history.drop(it -> sessionIds.contains(it.sessionId()));
    waited += objects.drop(it -> sessionIds.contains(it.sessionId()));
    return waited == 0 ? List.of() : List.of(new Removal("waiting", waited));
  }

  @Override
  public void close() {
    history.close();
    objects.close();
    try {
      folder.close();
    } catch (IOException e) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "the spool").causedBy(e);
    }
  }
}
