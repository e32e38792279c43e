package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnFilmsTest {
  private static final TurnRecord TURN = Kept.turn("t1", TurnState.COMPLETED, 0, "");
  private static final String FOLDER = SessionRecord.media(Owner.LOCAL, "s1");
  private static final String VOICE = FOLDER + "t1/audio.wav";
  private static final String MOUTH = FOLDER + "t1/mouth.txt";
  private static final String FILM = FOLDER + "t1/video.mp4";
  private final KeptSessions kept = new KeptSessions();
  private final InMemoryMediaStore media = new InMemoryMediaStore();
  private final Stage stage = new Stage();
  private Runnable meanwhile = () -> {};

  TurnFilmsTest() {
    stage.sessions = kept;
    stage.animator = Optional.of(this::animated);
    kept.create(Kept.session(Owner.LOCAL, "s1", 0, ""));
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
          kept.all.clear();
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
}
