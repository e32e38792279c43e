package dev.parley.cli.knowledge;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import dev.parley.conversation.v1.Erasure;
import dev.parley.conversation.v1.ErasureState;
import dev.parley.conversation.v1.ForgetMeRequest;
import dev.parley.conversation.v1.GetErasureRequest;
import dev.parley.conversation.v1.PrivacyServiceGrpc;
import dev.parley.memory.v1.DeleteItemRequest;
import dev.parley.memory.v1.ExportItemsRequest;
import dev.parley.memory.v1.Item;
import dev.parley.memory.v1.ListItemsRequest;
import dev.parley.memory.v1.ListItemsResponse;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import dev.parley.memory.v1.RecollectionServiceGrpc.RecollectionServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What characters remember of you. */
@Command(
    name = "memories",
    description = "What characters remember of you.",
    mixinStandardHelpOptions = true)
public final class Memories {
  private static final Duration PAUSE = Duration.ofMillis(300);

  @Spec private CommandSpec spec;

  @Command(description = "What is remembered, newest first.", mixinStandardHelpOptions = true)
  int list(
      @Mixin Server server,
      @Option(names = "--character", defaultValue = "", description = "Only with this one.")
          String character) {
    return server.use(channel -> {
      String token = "";
      int all = 0;
      do {
        ListItemsResponse page =
            items(channel)
                .listItems(
                    ListItemsRequest.newBuilder()
                        .setCharacterId(character)
                        .setPageSize(200)
                        .setPageToken(token)
                        .build());
        page.getItemsList().forEach(this::print);
        all += page.getItemsCount();
        token = page.getNextPageToken();
      } while (!token.isEmpty());
      out().flush();
      if (all == 0) {
        spec.commandLine().getErr().println("parley: nothing is remembered of you");
      }
      return Exit.DONE;
    });
  }

  private void print(Item item) {
    String kind = item.getKind().name().replace("ITEM_KIND_", "").toLowerCase(Locale.ROOT);
    out()
        .printf(
            "%s  %-8s %-12s %s%s%n",
            item.getId(),
            kind,
            item.getCharacterId(),
            item.getText().replaceAll("\\s+", " "),
            item.getPinned() ? "  (pinned)" : "");
  }

  @Command(
      description = "Prints all of it as JSON, an item a line.",
      mixinStandardHelpOptions = true)
  int export(
      @Mixin Server server,
      @Option(names = "--character", defaultValue = "", description = "Only with this one.")
          String character) {
    JsonFormat.Printer json = JsonFormat.printer().omittingInsignificantWhitespace();
    return server.use(channel -> {
      items(channel)
          .exportItems(ExportItemsRequest.newBuilder().setCharacterId(character).build())
          .forEachRemaining(it -> {
            try {
              out().println(json.print(it.getItem()));
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException("a message of the contract has no JSON", e);
            }
          });
      out().flush();
      return Exit.DONE;
    });
  }

  @Command(
      description = "Forgets one memory by its id, or with --everything all about you.",
      mixinStandardHelpOptions = true)
  int forget(
      @Mixin Server server,
      @Parameters(paramLabel = "ID", arity = "0..1", description = "The memory.")
          Optional<String> id,
      @Option(
              names = "--everything",
              description = "Erases conversations, recordings, memories and logs too.")
          boolean everything) {
    if (id.isPresent() == everything) {
      throw new ParameterException(spec.commandLine(), "forget: expected an ID or --everything");
    }
    return server.use(channel -> {
      if (everything) {
        report(forgetMe(channel));
      } else {
        items(channel).deleteItem(DeleteItemRequest.newBuilder().setItemId(id.get()).build());
        out().println("forgotten");
      }
      out().flush();
      return Exit.DONE;
    });
  }

  private static Erasure forgetMe(Channel channel) {
    var privacy = PrivacyServiceGrpc.newBlockingStub(channel);
    Erasure erasure =
        privacy
            .withDeadlineAfter(30, TimeUnit.SECONDS)
            .forgetMe(ForgetMeRequest.getDefaultInstance())
            .getErasure();
    while (erasure.getState() != ErasureState.ERASURE_STATE_DONE) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return erasure;
      }
      try {
        erasure =
            privacy
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .getErasure(GetErasureRequest.newBuilder().setErasureId(erasure.getId()).build())
                .getErasure();
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() == Status.Code.UNAUTHENTICATED) {
          return erasure; // The account went last, and with it the right to ask.
        }
        throw e;
      }
    }
    return erasure;
  }

  private void report(Erasure erasure) {
    erasure
        .getRemovalsList()
        .forEach(it -> out().printf("%-16s %d removed%n", it.getWhat(), it.getCount()));
  }

  private static RecollectionServiceBlockingStub items(Channel channel) {
    return RecollectionServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
