package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.character.v1.Character;
import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.character.v1.ListCharactersRequest;
import dev.parley.character.v1.ListCharactersResponse;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void aServerThatIsNotThereIsSaidWithTheLineThatMendsIt() {
    assertThat(run("say", "hello", "--server", "127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString()).contains("no server answers").contains("./parley up");
  }

  @Test
  void talkingToNobodySaysTheSame() {
    assertThat(run("talk", "--server", "127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString()).contains("./parley up");
  }

  @Test
  void anAnswerIsSavedAsWavOrMp4Only() {
    assertThat(run("say", "hello", "--out", "x.txt", "--server", "127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString()).contains("x.txt (expected a name that ends in .wav or .mp4)");
  }

  @Test
  void charactersAreListedAsTheServerHasThem() throws Exception {
    var service =
        new CharacterServiceGrpc.CharacterServiceImplBase() {
          @Override
          public void listCharacters(
              ListCharactersRequest request, StreamObserver<ListCharactersResponse> answer) {
            Character ada = Character.newBuilder().setId("ada").setDisplayName("Ada").build();
            answer.onNext(ListCharactersResponse.newBuilder().addCharacters(ada).build());
            answer.onCompleted();
          }
        };
    var server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(service)
            .build()
            .start();
    try {
      assertThat(run("characters", "--server", "127.0.0.1:" + server.getPort())).isZero();
      assertThat(out.toString()).contains("ada").contains("Ada");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void theDoctorNamesWhatIsThereAndWhatMendsTheRest() {
    assertThat(run("doctor", "--management", "http://127.0.0.1:1")).isZero();
    assertThat(out.toString()).contains("jdk").contains("flite").contains("./parley up");
    assertThat(Doctor.find("no-such-program-anywhere")).isEmpty();
  }
}
