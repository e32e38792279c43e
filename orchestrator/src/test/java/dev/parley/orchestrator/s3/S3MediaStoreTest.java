package dev.parley.orchestrator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Retry;
import dev.parley.orchestrator.conversation.MediaStore;
import dev.parley.orchestrator.conversation.MediaStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3MediaStoreTest extends MediaStoreContract {
  private static final Retry BRIEF =
      new Retry(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(5));

  @TempDir static Path folder;
  private static ObjectsForTests server;
  private static int buckets;

  @BeforeAll
  static void start() throws Exception {
    server = new ObjectsForTests(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected MediaStore store() {
    return open("bucket-" + buckets++, Retry.STORE);
  }

  private static S3MediaStore open(String bucket, Retry retry) {
    return S3MediaStore.open(
        server.endpoint(),
        ObjectsForTests.ACCESS,
        ObjectsForTests.SECRET,
        bucket,
        Optional.empty(),
        retry);
  }

  @Test
  void whatWasPutIsThereAfterARestartUnderUse() throws Exception {
    var store = open("kept", Retry.STORE);
    store.put("a", some(10_000), "audio/wav");
    server.close();
    Thread back = Thread.ofPlatform().start(S3MediaStoreTest::backSoon);
    store.put("b", some(10), "audio/wav");
    back.join();
    assertThat(read(store, "a", 0, 0)).isEqualTo(some(10_000));
    assertThat(read(store, "b", 0, 0)).isEqualTo(some(10));
  }

  @Test
  void saysSoWhenItStaysAwayAndGoesOnWhenItIsBack() throws Exception {
    var store = open("away", BRIEF);
    server.close();
    try {
      assertThatThrownBy(() -> store.put("a", some(5), "audio/wav"))
          .isInstanceOfSatisfying(
              Failure.class, it -> assertThat(it.reason()).isEqualTo("STORE_FAILED"))
          .hasMessage("object store: it is not there; try again");
      assertThatThrownBy(store::ping).isInstanceOf(Failure.class);
      assertThatThrownBy(() -> open("never", BRIEF)).isInstanceOf(Failure.class);
    } finally {
      server.start();
    }
    store.ping();
    store.put("a", some(5), "audio/wav");
    assertThat(store.stat("a")).isPresent();
  }

  @Test
  void aWrongKeyIsNotTriedAgainAndIsSaid() {
    assertThatThrownBy(() ->
            S3MediaStore.open(
                server.endpoint(), "parley", "wrong", "some-bucket", Optional.empty()))
        .hasMessage("object store: it answered 403; try again");
  }

  private static void backSoon() {
    try {
      Thread.sleep(300);
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
