package dev.parley.documentsvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.document.v1.Chunk;
import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentStage;
import dev.parley.document.v1.ListChunksRequest;
import dev.parley.kit.host.Hosted;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed with signal 9 at every stage; nothing is lost or indexed twice. */
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
@Timeout(value = 1200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashTest {
  private static final int ROUNDS = 20;
  private static final int SENTENCES = 1_500;
  private static final List<String> STAGES =
      List.of("READING", "DESCRIBING", "CHUNKING", "INDEXING");

  @TempDir private Path folder;

  @Test
  void aServiceKilledAtEveryStageLosesNothingAndIndexesNothingTwice() throws Exception {
    try (Hosting parley = new Hosting(folder.resolve("scratch"))) {
      parley.memory.upsertMs = 30;
      parley.stop();
      List<String> ids = new ArrayList<>();
      Map<String, Integer> killedAt = new TreeMap<>();
      try (Hosted memory = Hosted.onPort(parley.memory, new InetSocketAddress("127.0.0.1", 0))) {
        for (int round = 0; round < ROUNDS; round++) {
          ids.add(uploaded(parley, round));
          int first = round % STAGES.size();
          killedAt.merge(
              killedAt(parley, memory.port(), STAGES.subList(first, STAGES.size())),
              1,
              Integer::sum);
        }
      }
      System.out.println("killed with signal 9 while a document was in its stage: " + killedAt);
      parley.start();
      for (int i = 0; i < ROUNDS; i++) {
        assertWhole(parley, parley.finished(ids.get(i)), i);
      }
      int chunks = ids.stream().mapToInt(id -> parley.get(id).getChunkCount()).sum();
      assertThat(killedAt).containsKeys("READING", "INDEXING").hasSizeGreaterThanOrEqualTo(3);
      assertThat(parley.memory.points).hasSize(chunks);
    }
  }

  /** One more document for the process that is killed next. */
  private static String uploaded(Hosting parley, int mark) throws Exception {
    parley.start();
    byte[] text = text(mark).getBytes(StandardCharsets.UTF_8);
    String id = parley.upload("long" + mark + ".txt", text, "").getDocument().getId();
    parley.stop();
    return id;
  }

  private static String text(int mark) {
    return IntStream.range(0, SENTENCES)
        .mapToObj(i -> "Sentence " + i + " of " + mark + " tells of kelp and of tides.")
        .collect(Collectors.joining(" "));
  }

  /** Starts the service and kills it when a document is in one of those stages. */
  private static String killedAt(Hosting parley, int memoryPort, List<String> stages)
      throws Exception {
    Process process = DocumentMain.start(parley.settings(), memoryPort);
    try (var connection = DriverManager.getConnection(parley.database + "&user=postgres");
        var statement =
            connection.prepareStatement(
                "select d.stage from document.documents d join document.scheduled_tasks t"
                    + " on t.task_instance = d.id || ':1' and t.picked where d.stage = any(?)")) {
      statement.setArray(1, connection.createArrayOf("text", stages.toArray()));
      long end = System.nanoTime() + 90_000_000_000L;
      while (System.nanoTime() < end) {
        try (var rows = statement.executeQuery()) {
          if (rows.next() && process.isAlive()) {
            return rows.getString(1);
          }
        }
        Thread.sleep(2);
      }
      throw new AssertionError("no document came to " + stages);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void assertWhole(Hosting parley, Document done, int mark) {
    assertThat(done.getProgress().getStage())
        .as(done.getProgress().toString())
        .isEqualTo(DocumentStage.DOCUMENT_STAGE_READY);
    List<Chunk> all = chunks(parley, done.getId());
    assertThat(all).hasSize(done.getChunkCount());
    assertThat(parley.memory.points.keySet()).containsAll(all.stream().map(Chunk::getId).toList());
    String joined = all.stream().map(Chunk::getText).collect(Collectors.joining("\n"));
    for (int i = 0; i < SENTENCES; i += 97) {
      assertThat(joined).contains("Sentence " + i + " of " + mark + " tells");
    }
  }

  private static List<Chunk> chunks(Hosting parley, String id) {
    List<Chunk> all = new ArrayList<>();
    var request = ListChunksRequest.newBuilder().setDocumentId(id).setPageSize(200);
    do {
      var slice = parley.stub().listChunks(request.build());
      all.addAll(slice.getChunksList());
      request.setPageToken(slice.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return all;
  }
}
