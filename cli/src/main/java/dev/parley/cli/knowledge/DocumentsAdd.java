package dev.parley.cli.knowledge;

import com.google.protobuf.ByteString;
import dev.parley.cli.server.Exit;
import dev.parley.cli.server.NoServer;
import dev.parley.cli.server.Server;
import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentProgress;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.DocumentStage;
import dev.parley.document.v1.GetDocumentRequest;
import dev.parley.document.v1.UploadDocumentHeader;
import dev.parley.document.v1.UploadDocumentRequest;
import dev.parley.document.v1.UploadDocumentResponse;
import dev.parley.document.v1.WatchDocumentRequest;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Uploads files, and folders of files, and shows how each goes on. */
@Command(
    name = "add",
    description = "Uploads files and folders of them.",
    mixinStandardHelpOptions = true)
final class DocumentsAdd implements Callable<Integer> {
  private static final int PIECE = 256 << 10;

  /** Progress is written over itself, which makes no sense in a file or a pipe. */
  private static final boolean ON_SCREEN =
      System.console() != null && System.console().isTerminal();

  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders.")
  private List<Path> paths;

  @Option(names = "--collection", defaultValue = "", description = "Into which (default).")
  private String collection;

  @Option(names = "--tag", description = "A word to filter by; may be given again.")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--no-wait", description = "Ends when the files are kept.")
  private boolean noWait;

  private Optional<String> into = Optional.empty();

  @Override
  public Integer call() {
    List<Path> files = paths.stream().flatMap(DocumentsAdd::files).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (files.isEmpty()) {
      spec.commandLine().getErr().println("parley: no files in " + named(paths));
      return Exit.FAILED;
    }
    return server.use(channel -> {
      boolean good = true;
      for (Path file : files) {
        good &= add(channel, file, out);
      }
      into.flatMap(it -> Readers.missing(channel, it))
          .ifPresent(it -> spec.commandLine().getErr().println("parley: " + it));
      return good ? Exit.DONE : Exit.FAILED;
    });
  }

  private static String named(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static Stream<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return Stream.of(path);
    }
    try (Stream<Path> all = Files.walk(path)) {
      return all
          .filter(Files::isRegularFile)
          .filter(it -> !isHidden(path.relativize(it)))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a desktop or a version control leaves in folders begins with a dot. */
  private static boolean isHidden(Path within) {
    return StreamSupport.stream(within.spliterator(), false)
        .anyMatch(it -> it.toString().startsWith("."));
  }

  private boolean add(ManagedChannel channel, Path file, PrintWriter out) {
    UploadDocumentResponse kept;
    try {
      kept = upload(channel, file);
    } catch (Failure e) {
      if (NoServer.means(e)) {
        throw e;
      }
      say(out, file + ": " + e.getMessage());
      return false;
    }
    Document document = kept.getDocument();
    into = Optional.of(document.getCollectionId());
    if (kept.getAlreadyThere()) {
      say(out, "%s  %s: was there already".formatted(document.getId(), file));
      return true;
    }
    return noWait ? told(out, document, file) : watch(channel, document, file, out);
  }

  private static boolean told(PrintWriter out, Document document, Path file) {
    say(out, "%s  %s: kept".formatted(document.getId(), file));
    return true;
  }

  private UploadDocumentResponse upload(ManagedChannel channel, Path file) {
    try (InputStream in = Files.newInputStream(file);
        var call =
            ClientStream.<UploadDocumentRequest, UploadDocumentResponse>open(
                channel, DocumentServiceGrpc.getUploadDocumentMethod(), CallOptions.DEFAULT)) {
      var header =
          UploadDocumentHeader.newBuilder()
              .setDisplayName(file.getFileName().toString())
              .setCollectionId(collection)
              .addAllTags(tags);
      call.send(UploadDocumentRequest.newBuilder().setHeader(header).build());
      send(in, call);
      return call.receive().orElseThrow();
    } catch (IOException e) {
      throw Failure.of(Failure.Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", "cannot be read");
    }
  }

  /** A refusal ends the call in the middle; receiving then tells why. */
  private static void send(InputStream in, ClientStream<UploadDocumentRequest, ?> call)
      throws IOException {
    try {
      for (byte[] it = in.readNBytes(PIECE); it.length > 0; it = in.readNBytes(PIECE)) {
        call.send(UploadDocumentRequest.newBuilder().setData(ByteString.copyFrom(it)).build());
      }
      call.halfClose();
    } catch (Failure e) {
      if (e.code() != Failure.Code.CANCELLED) {
        throw e;
      }
    }
  }

  private static boolean watch(
      ManagedChannel channel, Document document, Path file, PrintWriter out) {
    var stub = DocumentServiceGrpc.newBlockingStub(channel);
    var request = WatchDocumentRequest.newBuilder().setDocumentId(document.getId()).build();
    DocumentProgress last = document.getProgress();
    var all = stub.watchDocument(request);
    while (all.hasNext()) {
      last = all.next().getProgress();
      if (ON_SCREEN) {
        out.printf("\r%s  %s: %s        ", document.getId(), file, ProgressText.of(last));
        out.flush();
      }
    }
    boolean ready = last.getStage() == DocumentStage.DOCUMENT_STAGE_READY;
    int chunks =
        stub.getDocument(GetDocumentRequest.newBuilder().setDocumentId(document.getId()).build())
            .getDocument()
            .getChunkCount();
    String end = ready ? "ready, " + chunks + " passages" : "failed: " + last.getFailure();
    String over = ON_SCREEN ? "\r" : "";
    say(out, "%s%s  %s: %s        ".formatted(over, document.getId(), file, end));
    last.getWarningsList().forEach(it -> say(out, "  " + it));
    return ready;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line.stripTrailing());
    out.flush();
  }
}
