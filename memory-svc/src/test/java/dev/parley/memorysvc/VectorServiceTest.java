package dev.parley.memorysvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.settings.Settings;
import dev.parley.memory.v1.Attribute;
import dev.parley.memory.v1.ClusterMethod;
import dev.parley.memory.v1.ClusterPointsRequest;
import dev.parley.memory.v1.Condition;
import dev.parley.memory.v1.CreateVectorCollectionRequest;
import dev.parley.memory.v1.DeletePointsRequest;
import dev.parley.memory.v1.DeleteVectorCollectionRequest;
import dev.parley.memory.v1.ListVectorCollectionsRequest;
import dev.parley.memory.v1.Point;
import dev.parley.memory.v1.PointCluster;
import dev.parley.memory.v1.PointHit;
import dev.parley.memory.v1.QueryMode;
import dev.parley.memory.v1.QueryPointsRequest;
import dev.parley.memory.v1.SnapshotVectorCollectionRequest;
import dev.parley.memory.v1.UpsertPointsRequest;
import dev.parley.memory.v1.VectorCollection;
import dev.parley.memory.v1.VectorServiceGrpc;
import dev.parley.memory.v1.VectorServiceGrpc.VectorServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections with the real model and index, over their contract. */
class VectorServiceTest {
  @TempDir Path folder;
  private NativePool pool;
  private Hosted hosted;
  private ManagedChannel channel;
  private VectorServiceBlockingStub vectors;

  @BeforeEach
  void start() {
    pool = new NativePool("test", 1, 64);
    MemorySettings settings =
        Settings.load(
                List.of("--memory.folder=" + folder, "--memory.redis=redis://127.0.0.1:1"),
                Map.of(),
                List.of(MemorySettings.class))
            .of(MemorySettings.class);
    String name = "memory-" + Ids.next();
    hosted = Hosted.inProcess(MemoryService.start(settings, pool), name);
    channel = Hosted.channel(name);
    vectors = VectorServiceGrpc.newBlockingStub(channel);
    create("notes");
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    hosted.close();
    pool.close();
  }

  @Test
  void textsAreFoundByMeaningByWordsAndByBoth() {
    put("pasta", "I love pasta");
    put("car", "My car broke down on the A38");
    put("sister", "My sister is called Maria");

    assertThat(ids(ask("what food do I like", QueryMode.QUERY_MODE_DENSE))).startsWith("pasta");
    assertThat(ids(ask("a38", QueryMode.QUERY_MODE_LEXICAL))).containsExactly("car");
    PointHit hit = ask("who is Maria", QueryMode.QUERY_MODE_UNSPECIFIED).getFirst();
    assertThat(hit.getPoint().getId()).isEqualTo("sister");
    assertThat(hit.getDenseRank()).isEqualTo(1);
    assertThat(hit.getLexicalRank()).isEqualTo(1);
    assertThat(hit.getCosine()).isBetween(0.2f, 1f);
    assertThat(hit.getPoint().getText()).isEqualTo("My sister is called Maria");
    assertThat(hit.getPoint().getAttributes(0).getKeyword()).isEqualTo("sister");
  }

  @Test
  void pointsAreRemovedByIdAndByCondition() {
    put("a", "one");
    put("b", "two");
    put("c", "three");
    var gone = DeletePointsRequest.newBuilder().setCollectionId("notes");
    assertThat(vectors.deletePoints(gone.clone().addPointIds("a").build()).getCount()).isEqualTo(1);
    Condition tag = Condition.newBuilder().setName("tag").addAnyKeyword("b").build();
    assertThat(vectors.deletePoints(gone.clone().addConditions(tag).build()).getCount())
        .isEqualTo(1);
    assertThat(ids(ask("three", QueryMode.QUERY_MODE_DENSE))).containsExactly("c");
    refused(Status.Code.INVALID_ARGUMENT, () -> vectors.deletePoints(gone.build()));
  }

  @Test
  void collectionsAreListedByPageAndRemoved() {
    create("a-one");
    create("z-last");
    var first =
        vectors.listVectorCollections(
            ListVectorCollectionsRequest.newBuilder().setPageSize(2).build());
    assertThat(first.getCollectionsList())
        .extracting(VectorCollection::getId)
        .containsExactly("a-one", "notes");
    assertThat(first.getCollections(0).getModel()).isEqualTo("all-MiniLM-L6-v2-q");
    assertThat(first.getCollections(0).getDimensions()).isEqualTo(384);
    var second =
        vectors.listVectorCollections(
            ListVectorCollectionsRequest.newBuilder()
                .setPageSize(2)
                .setPageToken(first.getNextPageToken())
                .build());
    assertThat(second.getCollectionsList()).hasSize(1);
    assertThat(second.getNextPageToken()).isEmpty();
    var drop = DeleteVectorCollectionRequest.newBuilder().setCollectionId("notes").build();
    vectors.deleteVectorCollection(drop);
    refused(Status.Code.NOT_FOUND, () -> vectors.deleteVectorCollection(drop));
    refused(Status.Code.NOT_FOUND, () -> ask("x", QueryMode.QUERY_MODE_DENSE));
    refused(Status.Code.ALREADY_EXISTS, () -> create("a-one"));
  }

  @Test
  void vectorsOfAnotherModelComeFromTheirOwner() {
    VectorCollection own =
        VectorCollection.newBuilder().setId("songs").setDimensions(3).setModel("song-1").build();
    vectors.createVectorCollection(
        CreateVectorCollectionRequest.newBuilder().setCollection(own).build());
    var put = UpsertPointsRequest.newBuilder().setCollectionId("songs");
    vectors.upsertPoints(
        put.clone().addPoints(point("s").addAllVector(List.of(1f, 0f, 0f))).build());
    refused(
        Status.Code.INVALID_ARGUMENT,
        () -> vectors.upsertPoints(put.clone().addPoints(point("t").setText("x")).build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        () ->
            vectors.upsertPoints(
                put.clone().addPoints(point("t").addAllVector(List.of(0f, 0f, 0f))).build()));
    var near =
        QueryPointsRequest.newBuilder().setCollectionId("songs").addAllVector(List.of(2f, 2f, 0f));
    assertThat(vectors.queryPoints(near.build()).getHits(0).getCosine()).isBetween(0.7f, 0.71f);
    refused(
        Status.Code.INVALID_ARGUMENT,
        () -> vectors.queryPoints(near.clone().clearVector().setText("words").build()));
  }

  @Test
  void theProductsOwnCollectionsAreClosedToTheOutside() {
    create("parley-things");
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("parley-door", Metadata.ASCII_STRING_MARSHALLER), "outside");
    var outside = vectors.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

    var ask = QueryPointsRequest.newBuilder().setText("x");
    assertThat(vectors.queryPoints(ask.setCollectionId("parley-things").build()).getHitsList())
        .isEmpty();
    refused(Status.Code.PERMISSION_DENIED, () -> outside.queryPoints(ask.build()));
    assertThat(
            outside
                .listVectorCollections(ListVectorCollectionsRequest.getDefaultInstance())
                .getCollectionsList())
        .extracting(VectorCollection::getId)
        .containsExactly("notes");
    assertThat(outside.queryPoints(ask.setCollectionId("notes").build()).getHitsList()).isEmpty();
  }

  @Test
  void aSnapshotIsAnIndexOfItsOwn() throws Exception {
    put("1", "I love pasta");
    String where =
        vectors
            .snapshotVectorCollection(
                SnapshotVectorCollectionRequest.newBuilder().setCollectionId("notes").build())
            .getLocation();
    put("2", "I love rice");
    try (var files = FSDirectory.open(Path.of(where));
        var copy = DirectoryReader.open(files)) {
      assertThat(Path.of(where)).startsWith(folder);
      assertThat(copy.numDocs()).isEqualTo(1);
    }
  }

  @Test
  void pointsAreGroupedByDensityAndIntoANumberOfGroups() {
    for (int i = 0; i < 6; i++) {
      put("cat" + i, "my cat number " + i + " sleeps on the sofa");
      put("tax" + i, "the tax office wants form " + i + " by April");
    }
    var ask = ClusterPointsRequest.newBuilder().setCollectionId("notes").setMinSize(3);
    var dense = vectors.clusterPoints(ask.build());
    assertThat(dense.getClustersList())
        .extracting(it -> it.getPointIds(0).substring(0, 3))
        .containsExactlyInAnyOrder("cat", "tax");
    assertThat(dense.getClustersList())
        .allSatisfy(it ->
            assertThat(it.getPointIdsList())
                .extracting(id -> id.substring(0, 3))
                .containsOnly(it.getPointIds(0).substring(0, 3)));
    assertThat(dense.getOutlierIdsList()).isEmpty();

    put("odd", "zygote quasar banjo");
    var three =
        vectors.clusterPoints(
            ask.setMethod(ClusterMethod.CLUSTER_METHOD_K_MEANS).setGroups(3).build());
    assertThat(three.getClustersList())
        .extracting(PointCluster::getPointIdsCount)
        .containsExactly(6, 6, 1);
    assertThat(three.getClusters(0).getCentroidCount()).isEqualTo(384);
    assertThat(three.getOutlierIdsList()).isEmpty();
    refused(
        Status.Code.INVALID_ARGUMENT,
        () -> vectors.clusterPoints(ask.clone().setGroups(1).build()));
  }

  @Test
  void nothingIsGroupedIntoNothing() {
    var ask = ClusterPointsRequest.newBuilder().setCollectionId("notes").build();
    assertThat(vectors.clusterPoints(ask).getClustersList()).isEmpty();
    put("one", "a single point");
    assertThat(vectors.clusterPoints(ask).getOutlierIdsList()).containsExactly("one");
  }

  @Test
  void aConditionIsOfOneKind() {
    var ask = QueryPointsRequest.newBuilder().setCollectionId("notes").setText("x");
    Condition neither = Condition.newBuilder().setName("tag").build();
    Condition both = neither.toBuilder().addAnyKeyword("x").setAtLeast(1).build();
    refused(
        Status.Code.INVALID_ARGUMENT,
        () -> vectors.queryPoints(ask.clone().addConditions(neither).build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        () -> vectors.queryPoints(ask.clone().addConditions(both).build()));
  }

  private static void refused(Status.Code code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }

  private void create(String id) {
    vectors.createVectorCollection(
        CreateVectorCollectionRequest.newBuilder()
            .setCollection(VectorCollection.newBuilder().setId(id))
            .build());
  }

  private static Point.Builder point(String id) {
    return Point.newBuilder().setId(id);
  }

  private void put(String id, String text) {
    Attribute tag = Attribute.newBuilder().setName("tag").setKeyword(id).build();
    vectors.upsertPoints(
        UpsertPointsRequest.newBuilder()
            .setCollectionId("notes")
            .addPoints(point(id).setText(text).addAttributes(tag))
            .build());
  }

  private List<PointHit> ask(String text, QueryMode mode) {
    return vectors
        .queryPoints(
            QueryPointsRequest.newBuilder()
                .setCollectionId("notes")
                .setText(text)
                .setMode(mode)
                .build())
        .getHitsList();
  }

  private static List<String> ids(List<PointHit> hits) {
    return hits.stream().map(hit -> hit.getPoint().getId()).toList();
  }
}
