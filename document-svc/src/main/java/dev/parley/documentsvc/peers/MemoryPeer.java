package dev.parley.documentsvc.peers;

import dev.parley.documentsvc.library.Judge;
import dev.parley.documentsvc.library.Meanings;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.memory.v1.EmbedRequest;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.RerankRequest;
import dev.parley.memory.v1.TokenOffsets;
import dev.parley.memory.v1.TokenizeRequest;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The embedding model and the cross-encoder of the memory service. Thread-safe. */
public final class MemoryPeer implements Meanings, Judge {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_TEXTS = 256;

  /** Characters of one text, and of all texts of one call. */
  private static final int MAX_CHARACTERS = 200_000;

  /** Where there was no cross-encoder, it is asked for again after this. */
  private static final Duration NONE_FOR = Duration.ofMinutes(1);

  private static final int MAX_JUDGED = 20_000;

  private final Channel channel;
  private volatile long askAgain = System.nanoTime();

  /** Over that channel. */
  public MemoryPeer(Channel channel) {
    this.channel = channel;
  }

  @Override
  public List<float[]> embed(Owner owner, List<String> texts) {
    var request = EmbedRequest.newBuilder().addAllTexts(texts).build();
    var answer = Callers.as(owner, () -> stub().embed(request));
    List<float[]> vectors = new ArrayList<>(texts.size());
    answer.getVectorsList().forEach(it -> vectors.add(floats(it.getValuesList())));
    return vectors;
  }

  private static float[] floats(List<Float> values) {
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = values.get(i);
    }
    return vector;
  }

  @Override
  public List<int[]> tokenize(Owner owner, List<String> texts) {
    List<int[]> all = new ArrayList<>(texts.size());
    List<String> some = new ArrayList<>();
    int characters = 0;
    for (String text : texts) {
      requireShort(text);
      if (some.size() == MAX_TEXTS || characters + text.length() > MAX_CHARACTERS) {
        all.addAll(tokenized(owner, some));
        some.clear();
        characters = 0;
      }
      some.add(text);
      characters += text.length();
    }
    all.addAll(tokenized(owner, some));
    return all;
  }

  private List<int[]> tokenized(Owner owner, List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    var request = TokenizeRequest.newBuilder().addAllTexts(texts).build();
    return Callers.as(owner, () -> stub().tokenize(request)).getTokensList().stream()
        .map(TokenOffsets::getStartsList)
        .map(it -> it.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static void requireShort(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw Failure.of(
          Failure.Code.RESOURCE_EXHAUSTED,
          "TOO_LARGE",
          "a page has " + text.length() + " characters (expected " + MAX_CHARACTERS + " at most)");
    }
  }

  @Override
  public List<Float> scores(Owner owner, String question, List<String> texts, Duration deadline) {
    if (System.nanoTime() - askAgain < 0) {
      return List.of();
    }
    var request = RerankRequest.newBuilder().setQuery(question);
    texts.forEach(it -> request.addTexts(it.substring(0, Math.min(MAX_JUDGED, it.length()))));
    var answer = Callers.as(owner, () -> stub(deadline).rerank(request.build()));
    if (answer.getModel().isEmpty()) {
      askAgain = System.nanoTime() + NONE_FOR.toNanos();
    }
    return answer.getScoresList();
  }

  private MemoryServiceGrpc.MemoryServiceBlockingStub stub() {
    return stub(PATIENCE);
  }

  private MemoryServiceGrpc.MemoryServiceBlockingStub stub(Duration deadline) {
    return MemoryServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }
}
