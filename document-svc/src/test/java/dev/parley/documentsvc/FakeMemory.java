package dev.parley.documentsvc;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Service;
import dev.parley.memory.v1.Condition;
import dev.parley.memory.v1.CreateVectorCollectionRequest;
import dev.parley.memory.v1.CreateVectorCollectionResponse;
import dev.parley.memory.v1.DeletePointsRequest;
import dev.parley.memory.v1.DeletePointsResponse;
import dev.parley.memory.v1.EmbedRequest;
import dev.parley.memory.v1.EmbedResponse;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.Point;
import dev.parley.memory.v1.PointHit;
import dev.parley.memory.v1.QueryPointsRequest;
import dev.parley.memory.v1.QueryPointsResponse;
import dev.parley.memory.v1.RerankRequest;
import dev.parley.memory.v1.RerankResponse;
import dev.parley.memory.v1.TokenOffsets;
import dev.parley.memory.v1.TokenizeRequest;
import dev.parley.memory.v1.TokenizeResponse;
import dev.parley.memory.v1.UpsertPointsRequest;
import dev.parley.memory.v1.UpsertPointsResponse;
import dev.parley.memory.v1.Vector;
import dev.parley.memory.v1.VectorServiceGrpc;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The memory service by its contract, in memory: meanings are sets of words. */
final class FakeMemory implements Service {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");

  final Map<String, Point> points = new ConcurrentHashMap<>();
  final AtomicInteger failures = new AtomicInteger();
  volatile boolean made;
  volatile long queryMs;
  volatile long upsertMs;

  /** Empty is no cross-encoder; else texts with this word are the best. */
  volatile String judgesBy = "";

  volatile long judgeMs;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<BindableService> grpcServices() {
    return List.of(new Meanings(), new Vectors());
  }

  @Override
  public List<Part> parts() {
    return List.of();
  }

  @Override
  public void close() {}

  private static Set<String> words(String text) {
    return new HashSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
  }

  private static <T> void send(StreamObserver<T> to, T message) {
    to.onNext(message);
    to.onCompleted();
  }

  private final class Meanings extends MemoryServiceGrpc.MemoryServiceImplBase {
    @Override
    public void embed(EmbedRequest request, StreamObserver<EmbedResponse> to) {
      var response = EmbedResponse.newBuilder().setModel("words");
      for (String text : request.getTextsList()) {
        float[] numbers = new float[256];
        words(text).forEach(word -> numbers[Math.floorMod(word.hashCode(), 256)] = 1);
        var vector = Vector.newBuilder();
        for (float it : numbers) {
          vector.addValues(it);
        }
        response.addVectors(vector);
      }
      send(to, response.build());
    }

    @Override
    public void tokenize(TokenizeRequest request, StreamObserver<TokenizeResponse> to) {
      var response = TokenizeResponse.newBuilder().setMaxTokens(256);
      for (String text : request.getTextsList()) {
        var offsets = TokenOffsets.newBuilder();
        WORD.matcher(text).results().forEach(it -> offsets.addStarts(it.start()));
        response.addTokens(offsets);
      }
      send(to, response.build());
    }

    @Override
    public void rerank(RerankRequest request, StreamObserver<RerankResponse> to) {
      var response = RerankResponse.newBuilder();
      if (!judgesBy.isEmpty()) {
        pause(judgeMs);
        response.setModel("judge");
        request
            .getTextsList()
            .forEach(it -> response.addScores(it.contains(judgesBy) ? 0.9f : 0.1f));
      }
      send(to, response.build());
    }
  }

  private final class Vectors extends VectorServiceGrpc.VectorServiceImplBase {
    @Override
    public void createVectorCollection(
        CreateVectorCollectionRequest request, StreamObserver<CreateVectorCollectionResponse> to) {
      made = true;
      send(to, CreateVectorCollectionResponse.getDefaultInstance());
    }

    @Override
    public void upsertPoints(UpsertPointsRequest request, StreamObserver<UpsertPointsResponse> to) {
      if (!made) {
        throw Failure.notFound("collection", request.getCollectionId());
      }
      if (failures.getAndUpdate(it -> Math.max(0, it - 1)) > 0) {
        throw Failure.unavailable("the index is away", java.time.Duration.ofMillis(10));
      }
      pause(upsertMs);
      request.getPointsList().forEach(it -> points.put(it.getId(), it));
      send(to, UpsertPointsResponse.getDefaultInstance());
    }

    @Override
    public void deletePoints(DeletePointsRequest request, StreamObserver<DeletePointsResponse> to) {
      Set<String> ids = Set.copyOf(request.getPointIdsList());
      points
          .values()
          .removeIf(it ->
              ids.isEmpty() ? fits(it, request.getConditionsList()) : ids.contains(it.getId()));
      send(to, DeletePointsResponse.getDefaultInstance());
    }

    @Override
    public void queryPoints(QueryPointsRequest request, StreamObserver<QueryPointsResponse> to) {
      pause(queryMs);
      Set<String> asked = words(request.getText());
      List<Point> found =
          points.values().stream()
              .filter(it -> fits(it, request.getConditionsList()))
              .filter(it -> shared(it, asked) > 0)
              .sorted(Comparator.comparingDouble(it -> -shared(it, asked)))
              .limit(request.getLimit())
              .toList();
      var response = QueryPointsResponse.newBuilder();
      for (int i = 0; i < found.size(); i++) {
        float share = (float) shared(found.get(i), asked);
        response.addHits(
            PointHit.newBuilder()
                .setPoint(found.get(i))
                .setScore(share)
                .setCosine(share)
                .setDenseRank(i + 1)
                .setBm25(share)
                .setLexicalRank(i + 1));
      }
      send(to, response.build());
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double shared(Point it, Set<String> asked) {
    Set<String> words = words(it.getText());
    double both = asked.stream().filter(words::contains).count();
    return both / Math.sqrt((double) asked.size() * words.size());
  }

  private static boolean fits(Point it, List<Condition> conditions) {
    return conditions.stream()
        .allMatch(condition ->
            it.getAttributesList().stream()
                .filter(a -> a.getName().equals(condition.getName()))
                .anyMatch(a ->
                    condition.getAnyKeywordCount() == 0
                        || condition.getAnyKeywordList().contains(a.getKeyword())));
  }
}
