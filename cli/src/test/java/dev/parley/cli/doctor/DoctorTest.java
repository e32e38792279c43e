package dev.parley.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.cli.Main;
import dev.parley.cli.server.Exit;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private final StringWriter out = new StringWriter();

  private int doctor(String management) {
    PrintWriter to = new PrintWriter(out, true);
    return Main.run(
        InputStream.nullInputStream(),
        to,
        to,
        "doctor",
        "--management",
        management,
        "--server",
        "127.0.0.1:1");
  }

  @Test
  void whatIsMissingComesWithTheLineThatMendsIt() {
    var findings = Machine.look(Map.of("PATH", "/nowhere", "PARLEY_DATA", "/proc/1/data"));
    var redis = findings.stream().filter(f -> f.name().equals("redis-server")).findFirst();
    assertThat(redis.orElseThrow().mark()).isEqualTo(Doctor.Finding.Mark.MISSING);
    assertThat(redis.get().mend()).contains("sudo apt-get install -y redis-server");
    var folder = findings.getLast();
    assertThat(folder.mark()).isEqualTo(Doctor.Finding.Mark.PROBLEM);
    assertThat(folder.detail()).isEqualTo("/proc/1/data cannot be written");
    assertThat(folder.mend().orElseThrow()).contains("PARLEY_DATA=");
  }

  @Test
  void aProgramIsFoundOnThePathAndAFolderThatIsToBeMadeIsWell(@TempDir Path folder)
      throws Exception {
    Path program = Files.createFile(folder.resolve("redis-server"));
    assertThat(Machine.find("redis-server", Map.of("PATH", "/x:" + folder))).contains(program);
    assertThat(Machine.find("redis-server", Map.of("PATH", ""))).isEmpty();
    assertThat(Machine.folder(folder.resolve("new/deep")).detail()).contains("MiB free");
    assertThat(Machine.folder(program).mark()).isEqualTo(Doctor.Finding.Mark.PROBLEM);
  }

  @Test
  void withoutAServerItSaysHowToStartOne() {
    doctor("1");
    assertThat(out.toString()).contains("This machine", "java", "start one: ./parley up");
  }

  @Test
  void theServersPartsAreShownAndWhatIsDownIsToBeMended() throws Exception {
    String health =
        "{\"ready\":false,\"missing\":[\"orchestrator/postgres\"],\"parts\":{"
            + "\"speech/synthesis\":{\"up\":true,\"detail\":\"flite, voices 5\"},"
            + "\"speech/turn model\":{\"up\":false,\"detail\":\"none given\"},"
            + "\"orchestrator/postgres\":{\"up\":false,\"detail\":\"refused\"}}}";
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/readyz",
        exchange -> {
          exchange.sendResponseHeaders(503, health.length());
          exchange.getResponseBody().write(health.getBytes());
          exchange.close();
        });
    server.start();
    try {
      int code = doctor("http://127.0.0.1:" + server.getAddress().getPort());
      assertThat(code).isEqualTo(Exit.FAILED);
      assertThat(out.toString())
          .contains("is NOT ready")
          .containsPattern("ok +speech/synthesis +flite, voices 5")
          .containsPattern("missing +speech/turn model +none given")
          .containsPattern("PROBLEM +orchestrator/postgres +refused")
          .contains("things to mend:\n", "  orchestrator/postgres: refused");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anotherProgramOnTheManagementPortIsSaid() {
    assertThat(RunningServer.read("<html>").getFirst().detail()).isEqualTo("is not Parley's");
  }
}
