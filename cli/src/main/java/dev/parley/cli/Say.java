package dev.parley.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.DownloadTurnMediaRequest;
import dev.parley.conversation.v1.RespondRequest;
import dev.parley.conversation.v1.Tier;
import dev.parley.conversation.v1.Turn;
import dev.parley.conversation.v1.TurnMedia;
import dev.parley.kit.failure.Failure;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says one thing and shows, or saves, the answer. */
@Command(name = "say", description = "Says one thing.", mixinStandardHelpOptions = true)
final class Say implements Callable<Integer> {
  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TEXT", description = "What to say, up to 10,000 characters.")
  private String text;

  @Option(names = "--character", defaultValue = "ada", description = "To whom (ada).")
  private String character;

  @Option(names = "--out", description = "Saves the answer: FILE.wav or FILE.mp4.")
  private Optional<Path> out;

  @Option(names = "--json", description = "Prints the whole turn as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Optional<TurnMedia> media = out.map(Say::mediaOf);
    return server.use(
        channel -> {
          Turn turn = respond(channel, media);
          spec.commandLine().getOut().println(json ? json(turn) : turn.getReplyText());
          spec.commandLine().getOut().flush();
          media.ifPresent(wanted -> save(channel, turn, wanted, out.get()));
          return 0;
        });
  }

  /** What the ending of a file name asks for. */
  static TurnMedia mediaOf(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".wav")) {
      return TurnMedia.TURN_MEDIA_AUDIO;
    }
    if (name.endsWith(".mp4")) {
      return TurnMedia.TURN_MEDIA_VIDEO;
    }
    throw Failure.invalid("--out", file + " (expected a name that ends in .wav or .mp4)");
  }

  private Turn respond(ManagedChannel channel, Optional<TurnMedia> media) {
    RespondRequest.Builder request =
        RespondRequest.newBuilder()
            .setCharacterId(character)
            .setText(text)
            .addTiers(Tier.TIER_TEXT)
            .addTiers(Tier.TIER_AUDIO);
    if (media.equals(Optional.of(TurnMedia.TURN_MEDIA_VIDEO))) {
      request.addTiers(Tier.TIER_VIDEO);
    }
    return ConversationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(5, TimeUnit.MINUTES)
        .respond(request.build())
        .getTurn();
  }

  private static void save(ManagedChannel channel, Turn turn, TurnMedia media, Path file) {
    var request =
        DownloadTurnMediaRequest.newBuilder().setTurnId(turn.getId()).setMedia(media).build();
    var chunks =
        ConversationServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(5, TimeUnit.MINUTES)
            .downloadTurnMedia(request);
    chunks.hasNext(); // Fails here, before the file is touched, when there is no such media.
    try (OutputStream to = Files.newOutputStream(file)) {
      while (chunks.hasNext()) {
        chunks.next().getData().writeTo(to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static String json(Turn turn) {
    try {
      return JsonFormat.printer().print(turn);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
