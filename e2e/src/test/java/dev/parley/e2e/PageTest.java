package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real Chromium over a real server. What is done and seen there stands in {@code
 * web/test/journeys}; one journey is one run of Node.
 */
class PageTest {
  private static final Path WEB = Path.of("..", "web");
  private static final long MINUTES = 6;
  @TempDir static Path folder;
  private static Running parley;

  @BeforeAll
  static void start() {
    assumeTrue(Files.isExecutable(chromium()), "no Chromium at " + chromium());
    assertThat(WEB.resolve("dist/index.html")).as("the page is built").exists();
    parley = Running.on(folder);
  }

  @AfterAll
  static void stop() {
    Optional.ofNullable(parley).ifPresent(Running::close);
  }

  @Test
  void aTypedQuestionIsAnsweredWithLitWordsSoundAndMovingLips() {
    journey("typing");
  }

  @Test
  void aRecordedQuestionIsUnderstoodShownAndAnswered() {
    journey("speaking");
  }

  @Test
  void escapeAndTheButtonSilenceTheCharacter() {
    journey("stopping");
  }

  @Test
  void speakingSilencesTheCharacterAndIsAnswered() {
    journey("bargingIn");
  }

  @Test
  void aLostConnectionGoesOnWithNoEventLostOrRepeated() {
    journey("dropping");
  }

  @Test
  void theSwitchShowsTheServersVideoAndBack() {
    journey("video");
  }

  @Test
  void droppedFilesAreReadAndTheCitedPageIsLitWhileItsWordsAreSpoken() {
    journey("documents");
  }

  @Test
  void aFileDroppedOnACardIsReadByACharacterOfOnesOwnAndItsClassCorrected() {
    journey("ownPapers");
  }

  @Test
  void whatIsRememberedIsCorrectedAndForgotten() {
    journey("memories");
  }

  @Test
  void oneSignsUpInvitesMakesAKeyAndFindsItInTheAuditLog() {
    journey("account");
  }

  @Test
  void withoutAMicrophoneThePageSaysWhatToDo() {
    journey("refused");
  }

  @Test
  void withoutWebGlTheVoiceStillSpeaks() {
    journey("withoutWebGl");
  }

  @Test
  void axeFindsNothingInLightDarkAndOnAPhone() {
    journey("accessible");
  }

  @Test
  void aServerThatComesBackIsTakenUpByThePage() throws Exception {
    Path own = Files.createTempDirectory("parley-page-");
    Running first = Running.on(own);
    int port = first.port();
    Process journey = begin("restarting", first.uri("/"));
    try (BufferedReader lines = journey.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("STOP");
      first.close();
      answer(journey);
      assertThat(lines.readLine()).isEqualTo("START");
      try (Running again = Running.on(own, "--standalone.port=" + port)) {
        answer(journey);
        finish("restarting", journey);
      }
    } finally {
      journey.destroyForcibly();
    }
  }

  private static void journey(String name) {
    Process journey = begin(name, parley.uri("/"));
    try {
      finish(name, journey);
    } finally {
      journey.destroyForcibly();
    }
  }

  private static Process begin(String name, String address) {
    try {
      return new ProcessBuilder(List.of("node", "test/journeys/run.mjs", name, address))
          .directory(WEB.toFile())
          .redirectError(told(name).toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void finish(String name, Process journey) {
    try {
      boolean ended = journey.waitFor(MINUTES, TimeUnit.MINUTES);
      String said = Files.readString(told(name));
      assertThat(ended).as("%s ended within %d minutes: %s", name, MINUTES, said).isTrue();
      assertThat(journey.exitValue()).as("%s: %s", name, said).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " ran", e);
    }
  }

  private static void answer(Process journey) throws IOException {
    journey.getOutputStream().write('\n');
    journey.getOutputStream().flush();
  }

  private static Path told(String name) {
    return folder.resolve(name + ".err");
  }

  private static Path chromium() {
    return Path.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"));
  }
}
