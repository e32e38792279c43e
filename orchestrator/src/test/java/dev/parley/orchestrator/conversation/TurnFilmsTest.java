package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class TurnFilmsTest {
  private static final TurnRecord TURN = Kept.turn("t1", TurnState.COMPLETED, 0, "");
  private static final String FOLDER = SessionRecord.media(Owner.LOCAL, "s1");
  private static final String VOICE = FOLDER + "t1/audio.wav";
  private static final String MOUTH = FOLDER + "t1/mouth.txt";
  private static final String FILM = FOLDER + "t1/video.mp4";
  private final Map<String, SessionRecord> kept = new ConcurrentHashMap<>();
  private final InMemoryMediaStore media = new InMemoryMediaStore();
  private final Stage stage = new Stage();
  private Runnable meanwhile = () -> {};

  TurnFilmsTest() {
    stage.sessions = new Known();
    stage.animator = Optional.of(this::animated);
    kept.put("s1", Kept.session(Owner.LOCAL, "s1", 0, ""));
    var wav = ByteBuffer.allocate(44 + 4800).order(ByteOrder.LITTLE_ENDIAN).putInt(24, 24_000);
    media.put(VOICE, wav.array(), "audio/wav");
    media.put(MOUTH, new byte[0], "text/plain");
  }

  @Test
  void aFilmIsMadeOnceAndKept() {
    films().make(TURN, media, VOICE, MOUTH, FILM);
    assertThat(media.stat(FILM)).isPresent();
  }

  @Test
  void whatIsMadeOfASessionThatIsDeletedMeanwhileIsNotKept() {
    meanwhile =
        () -> {
          kept.clear();
          media.deleteAll(FOLDER);
        };
    assertThatThrownBy(() -> films().make(TURN, media, VOICE, MOUTH, FILM))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.code()).isEqualTo(Failure.Code.NOT_FOUND));
    assertThat(media.stat(FILM)).isEmpty();
  }

  private TurnFilms films() {
    return new TurnFilms(
        new Sessions((owner, id) -> Optional.of(stage.character()), stage.parts()));
  }

  private Animator.Animation animated(Animator.Request request, Animator.Sink sink) {
    return new Animator.Animation() {
      @Override
      public void speech(List<Viseme> mouth, List<Word> words, byte[] pcm, long coveredUs) {}

      @Override
      public void advance(long toUs, Animator.Mood mood) {}

      @Override
      public void end() {
        meanwhile.run();
        sink.fragment(new byte[9], true, 0, 0, "video/mp4");
        sink.done(0);
      }

      @Override
      public void cancel() {}
    };
  }

  /** Sessions that can be gone. */
  private final class Known implements SessionStore {
    @Override
    public SessionRecord create(SessionRecord session) {
      return session;
    }

    @Override
    public Optional<SessionRecord> find(Owner owner, String id) {
      return Optional.ofNullable(kept.get(id));
    }

    @Override
    public Page<SessionRecord> list(Owner owner, String characterId, int size, String token) {
      return new Page<>(List.copyOf(kept.values()), "");
    }

    @Override
    public void touch(Owner owner, String id, Instant time, int turnCount, String title) {}

    @Override
    public void end(Owner owner, String id, Instant time) {}

    @Override
    public boolean delete(Owner owner, String id) {
      return kept.remove(id) != null;
    }
  }
}
