package dev.parley.bench;

import dev.parley.bench.load.Dialogue;
import dev.parley.bench.load.Question;
import dev.parley.bench.load.Target;
import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Report;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * From the end of a spoken question, as the server decided it, to the first audio and the first
 * frame of the face. Real default engines. The clock is the client's: from the arrival of {@code
 * SpeechStopped} to the arrival of the first media of the answering turn.
 */
final class AnswerBench {
  private static final String QUESTION =
      "could you please tell me what your favourite colour is and what music you like";
  private static final int WARM = 4;
  private static final long LIMIT_MS = 20_000;

  private record Answer(double audioMs, double faceMs) {}

  private AnswerBench() {}

  static Report run(int turns) {
    var report = new Report("answer");
    try (var target = Target.start()) {
      var question = Question.ofFourSeconds(target.channel(), QUESTION);
      report.with("question", "%.1f s, %s".formatted(question.seconds(), question.text()));
      List<Answer> answers = new ArrayList<>();
      int missed = 0;
      for (int i = -WARM; i < turns; i++) {
        Optional<Answer> answer = ask(target, question);
        missed += answer.isEmpty() && i >= 0 ? 1 : 0;
        if (i >= 0) {
          answer.ifPresent(answers::add);
        }
      }
      return told(report.with("warm-up turns", WARM), answers, missed);
    }
  }

  private static Report told(Report report, List<Answer> answers, int missed) {
    var audio = Percentiles.of(answers.stream().map(Answer::audioMs).toList());
    var face = Percentiles.of(answers.stream().map(Answer::faceMs).toList());
    return report
        .figure("turns", answers.size(), "")
        .figure("questions not understood as speech", missed, "")
        .atMost("first audio p50", audio.at(0.5), 200, "ms")
        .atMost("first audio p99", audio.at(0.99), 350, "ms")
        .atMost("first face frame p50", face.at(0.5), 200, "ms")
        .atMost("first face frame p99", face.at(0.99), 350, "ms");
  }

  private static Optional<Answer> ask(Target target, Question question) {
    var tiers = List.of(Tier.TIER_TEXT, Tier.TIER_AUDIO, Tier.TIER_FACE);
    try (var dialogue = new Dialogue(target.channel(), "ada", tiers)) {
      var microphone = Thread.ofVirtual().start(() -> speak(dialogue, question));
      try {
        return Optional.of(answer(dialogue));
      } catch (IllegalStateException nothingCame) {
        return Optional.empty();
      } finally {
        microphone.interrupt();
        join(microphone);
      }
    }
  }

  private static Answer answer(Dialogue dialogue) {
    long stopped = dialogue.await(ServerEvent::hasSpeechStopped, LIMIT_MS).atNanos();
    long audio = -1;
    long face = -1;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
    while (audio < 0 || face < 0) {
      var next = dialogue.next(end);
      ServerEvent event = next.event();
      if (event.hasSpeechStopped()) {
        stopped = next.atNanos();
      } else if (event.hasAudioDelta() && audio < 0) {
        audio = next.atNanos();
      } else if (spokenFace(event) && face < 0) {
        face = next.atNanos();
      }
    }
    return new Answer((audio - stopped) / 1e6, (face - stopped) / 1e6);
  }

  private static boolean spokenFace(ServerEvent event) {
    return event.hasFaceFrames()
        && !event.getTurnId().isEmpty()
        && event.getFaceFrames().getSegmentId().isEmpty();
  }

  /** Speaks in real time, then is silent until interrupted. */
  private static void speak(Dialogue dialogue, Question question) {
    byte[] silence = new byte[Question.CHUNK_BYTES];
    byte[] pcm = question.pcm();
    long due = System.nanoTime();
    try {
      for (int at = 0; ; at += Question.CHUNK_BYTES) {
        due += TimeUnit.MILLISECONDS.toNanos(20);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        boolean words = at + Question.CHUNK_BYTES <= pcm.length;
        dialogue.speak(words ? pcm : silence, words ? at : 0, Question.CHUNK_BYTES);
      }
    } catch (InterruptedException answered) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
