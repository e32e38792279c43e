package dev.parley.cli;

import com.google.protobuf.ByteString;
import dev.parley.conversation.v1.AudioChunk;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.EndOfInput;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.TextInput;
import dev.parley.conversation.v1.Tier;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Talks in the terminal: one thread reads the keyboard, one prints what comes. */
@Command(name = "talk", description = "Talks in the terminal.", mixinStandardHelpOptions = true)
final class Talk implements Callable<Integer> {
  private static final int CHUNK = 640; // 20 ms of 16 kHz samples of 2 bytes.

  @Mixin private Server server;

  @Option(names = "--character", defaultValue = "ada", description = "With whom (ada).")
  private String character;

  @Override
  public Integer call() {
    return server.use(
        channel -> {
          try (ClientStream<ClientEvent, ServerEvent> stream =
              ClientStream.open(
                  channel, ConversationServiceGrpc.getConverseMethod(), CallOptions.DEFAULT)) {
            begin(stream);
            return converse(stream);
          }
        });
  }

  private ClientEvent start() {
    return ClientEvent.newBuilder()
        .setSessionStart(
            SessionStart.newBuilder()
                .setCharacterId(character)
                .setGreet(true)
                .addTiers(Tier.TIER_TEXT)
                .addTiers(Tier.TIER_AUDIO))
        .build();
  }

  private void begin(ClientStream<ClientEvent, ServerEvent> stream) {
    try {
      stream.send(start());
    } catch (Failure over) {
      stream.receive(); // Throws why the call is over.
      throw over;
    }
    stream.receive().ifPresent(Talk::greet);
  }

  private static void greet(ServerEvent first) {
    System.out.println(
        first.getSessionStarted().getCharacterName()
            + " is here. /voice FILE.wav  /interrupt  /quit");
  }

  private int converse(ClientStream<ClientEvent, ServerEvent> stream) {
    LineReader reader = LineReaderBuilder.builder().build();
    PrintWriter out = reader.getTerminal().writer();
    Thread printer = Thread.ofVirtual().start(() -> print(stream, out));
    try {
      while (printer.isAlive()) {
        String line = reader.readLine("> ").strip();
        if (line.equals("/quit")) {
          break;
        }
        send(stream, line, out);
      }
    } catch (EndOfFileException | UserInterruptException e) {
      out.println();
    }
    return 0;
  }

  private static void send(
      ClientStream<ClientEvent, ServerEvent> stream, String line, PrintWriter out) {
    if (line.equals("/interrupt")) {
      stream.send(ClientEvent.newBuilder().setInterrupt(Interrupt.newBuilder()).build());
    } else if (line.startsWith("/voice ")) {
      try {
        voice(stream, Wav.read(Path.of(line.substring(7).strip())));
      } catch (IOException e) {
        out.println("! " + e.getMessage());
      }
    } else if (!line.isEmpty()) {
      stream.send(
          ClientEvent.newBuilder().setTextInput(TextInput.newBuilder().setText(line)).build());
    }
  }

  private static void voice(ClientStream<ClientEvent, ServerEvent> stream, byte[] pcm) {
    for (int from = 0; from < pcm.length; from += CHUNK) {
      ByteString data = ByteString.copyFrom(pcm, from, Math.min(CHUNK, pcm.length - from));
      stream.send(
          ClientEvent.newBuilder().setAudioChunk(AudioChunk.newBuilder().setData(data)).build());
    }
    stream.send(ClientEvent.newBuilder().setEndOfInput(EndOfInput.newBuilder()).build());
  }

  private static void print(ClientStream<ClientEvent, ServerEvent> stream, PrintWriter out) {
    try {
      for (Optional<ServerEvent> e = stream.receive(); e.isPresent(); e = stream.receive()) {
        out.print(Words.of(e.get()));
        out.flush();
      }
    } catch (RuntimeException e) {
      out.println("! " + Main.explain(e));
      out.flush();
    }
  }
}
