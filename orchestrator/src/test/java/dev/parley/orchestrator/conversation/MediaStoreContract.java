package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store of media does. */
public abstract class MediaStoreContract {
  /** An empty store. */
  protected abstract MediaStore store();

  @Test
  void givesBackEveryByteAndTheType() throws IOException {
    MediaStore store = store();
    byte[] bytes = some(300_000);
    store.put("sessions/s1/t1/audio.wav", bytes, "audio/wav");
    assertThat(store.stat("sessions/s1/t1/audio.wav"))
        .contains(new MediaStore.Info(300_000, "audio/wav"));
    assertThat(read(store, "sessions/s1/t1/audio.wav", 0, 0)).isEqualTo(bytes);
  }

  @Test
  void readsRanges() throws IOException {
    MediaStore store = store();
    byte[] bytes = some(1000);
    store.put("a", bytes, "video/mp4");
    assertThat(read(store, "a", 10, 20)).isEqualTo(Arrays.copyOfRange(bytes, 10, 30));
    assertThat(read(store, "a", 990, 0)).isEqualTo(Arrays.copyOfRange(bytes, 990, 1000));
    assertThat(read(store, "a", 990, 100)).isEqualTo(Arrays.copyOfRange(bytes, 990, 1000));
    assertThat(read(store, "a", 0, 1)).isEqualTo(Arrays.copyOf(bytes, 1));
  }

  @Test
  void theLastOneOfTwoUnderAKeyCounts() throws IOException {
    MediaStore store = store();
    store.put("a", some(1000), "audio/wav");
    store.put("a", new byte[] {1, 2, 3}, "text/plain");
    assertThat(store.stat("a")).contains(new MediaStore.Info(3, "text/plain"));
    assertThat(read(store, "a", 0, 0)).containsExactly(1, 2, 3);
  }

  @Test
  void anEmptyOneIsKeptToo() throws IOException {
    MediaStore store = store();
    store.put("empty", new byte[0], "text/plain");
    assertThat(store.stat("empty")).contains(new MediaStore.Info(0, "text/plain"));
    assertThat(read(store, "empty", 0, 0)).isEmpty();
  }

  @Test
  void whatIsMissingIsSaidToBe() {
    MediaStore store = store();
    assertThat(store.stat("nothing/here")).isEmpty();
    assertThatThrownBy(() -> read(store, "nothing/here", 0, 0))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.code()).isEqualTo(Failure.Code.NOT_FOUND));
  }

  @Test
  void removesOneSessionAndLeavesTheOthers() {
    MediaStore store = store();
    for (String key : new String[] {"s/1/a", "s/1/deep/b", "s/10/c", "s/2/d"}) {
      store.put(key, some(5), "text/plain");
    }
    store.deleteAll("s/1/");
    store.deleteAll("s/unknown/");
    assertThat(store.stat("s/1/a")).isEmpty();
    assertThat(store.stat("s/1/deep/b")).isEmpty();
    assertThat(store.stat("s/10/c")).isPresent();
    assertThat(store.stat("s/2/d")).isPresent();
  }

  /** Bytes as they are kept. */
  protected static byte[] read(MediaStore store, String key, long offset, long length)
      throws IOException {
    try (var in = store.read(key, offset, length)) {
      return in.readAllBytes();
    }
  }

  /** Random bytes. */
  protected static byte[] some(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
