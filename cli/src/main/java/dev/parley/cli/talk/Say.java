package dev.parley.cli.talk;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.RespondRequest;
import dev.parley.conversation.v1.Tier;
import dev.parley.conversation.v1.Turn;
import dev.parley.conversation.v1.TurnMedia;
import dev.parley.conversation.v1.TurnState;
import dev.parley.kit.ids.Ids;
import io.grpc.ManagedChannel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says one thing and shows, or saves, the answer. */
@Command(name = "say", description = "Says one thing.", mixinStandardHelpOptions = true)
public final class Say implements Callable<Integer> {
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
    Optional<TurnMedia> media = out.map(this::mediaOf);
    return server.use(channel -> {
      Turn turn = respond(channel, media);
      print(spec.commandLine().getOut(), json ? json(turn) : turn.getReplyText());
      turn.getReceipt()
          .getLeftOutList()
          .forEach(left ->
              print(
                  spec.commandLine().getErr(),
                  "parley: " + left.getPart() + ": " + left.getCause()));
      media.ifPresent(wanted -> Saved.media(channel, turn.getId(), wanted, out.get()));
      return turn.getState() == TurnState.TURN_STATE_COMPLETED ? Exit.DONE : Exit.FAILED;
    });
  }

  /** What the ending of a file name asks for. */
  private TurnMedia mediaOf(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".wav")) {
      return TurnMedia.TURN_MEDIA_AUDIO;
    }
    if (name.endsWith(".mp4")) {
      return TurnMedia.TURN_MEDIA_VIDEO;
    }
    throw new ParameterException(
        spec.commandLine(), "--out: " + file + " (expected a name that ends in .wav or .mp4)");
  }

  private Turn respond(ManagedChannel channel, Optional<TurnMedia> media) {
    RespondRequest.Builder request =
        RespondRequest.newBuilder()
            .setCharacterId(character)
            .setText(text)
            .setRequestId(Ids.next())
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

  private static void print(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }

  private static String json(Turn turn) {
    try {
      return JsonFormat.printer().print(turn);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
