package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.character.v1.Character;
import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.character.v1.ListCharactersRequest;
import dev.parley.character.v1.ListCharactersResponse;
import dev.parley.cli.server.Exit;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class MainTest {
  private static final String NOBODY = "127.0.0.1:1";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(
        InputStream.nullInputStream(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        arguments);
  }

  @Test
  void aServerThatIsNotThereIsSaidWithTheLineThatMendsIt() {
    for (String[] command : new String[][] {{"say", "hello"}, {"talk"}, {"characters"}}) {
      String[] all = java.util.Arrays.copyOf(command, command.length + 2);
      all[command.length] = "--server";
      all[command.length + 1] = NOBODY;
      assertThat(run(all)).isEqualTo(Exit.NO_SERVER);
    }
    assertThat(err.toString().lines())
        .hasSize(3)
        .allSatisfy(line ->
            assertThat(line)
                .isEqualTo("parley: no server answers at 127.0.0.1:1; start one: ./parley up"));
  }

  @Test
  void anAnswerIsSavedAsWavOrMp4Only() {
    assertThat(run("say", "hello", "--out", "x.txt", "--server", NOBODY)).isEqualTo(Exit.MISUSED);
    assertThat(err.toString()).contains("x.txt (expected a name that ends in .wav or .mp4)");
  }

  @Test
  void anAddressThatIsNoneIsRefusedBeforeAnythingIsTried() {
    for (String address : new String[] {"foo bar", "localhost:0", "localhost:70000", "a:b"}) {
      assertThat(run("say", "hello", "--server", address)).as(address).isEqualTo(Exit.MISUSED);
      assertThat(err.toString()).contains(address + " (expected host:port)");
    }
  }

  @Test
  void aCommandThatIsNoneShowsWhatThereIs() {
    assertThat(run("sing")).isEqualTo(Exit.MISUSED);
    assertThat(err.toString()).contains("sing");
    assertThat(run("say")).isEqualTo(Exit.MISUSED);
    assertThat(err.toString()).contains("TEXT");
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
      String address = "http://127.0.0.1:" + server.getPort() + "/";
      assertThat(run("characters", "--server", address)).isZero();
      assertThat(out.toString()).contains("ada").contains("Ada");
    } finally {
      server.shutdownNow();
    }
  }
}
