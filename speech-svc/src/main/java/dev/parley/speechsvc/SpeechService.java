package dev.parley.speechsvc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Service;
import dev.parley.speechsvc.ffmpeg.FfmpegAudioFiles;
import dev.parley.speechsvc.ffmpeg.FfmpegOpus;
import dev.parley.speechsvc.flite.FliteSynthesizer;
import dev.parley.speechsvc.grpc.SpeechGrpc;
import dev.parley.speechsvc.onnx.SileroDetector;
import dev.parley.speechsvc.onnx.SmartTurn;
import dev.parley.speechsvc.pocketsphinx.SphinxModel;
import dev.parley.speechsvc.pocketsphinx.SphinxRecognizer;
import dev.parley.speechsvc.recognition.Ears;
import dev.parley.speechsvc.recognition.EnergyGate;
import dev.parley.speechsvc.recognition.NoRecognizer;
import dev.parley.speechsvc.recognition.Recognizer;
import dev.parley.speechsvc.recognition.TurnModel;
import dev.parley.speechsvc.recognition.VoiceDetector;
import dev.parley.speechsvc.remote.RemoteRecognizer;
import dev.parley.speechsvc.remote.TranscriptionServer;
import dev.parley.speechsvc.synthesis.Synthesizer;
import io.grpc.BindableService;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Audio to text and back: constructs the engines that are installed and says which and why. */
public final class SpeechService implements Service {

  private static final String INSTALL_FLITE = "apt-get install libflite1";
  private static final String INSTALL_SPHINX =
      "apt-get install libpocketsphinx3 pocketsphinx-en-us";

  private final List<Part> parts = new ArrayList<>();
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final NativePool natives;
  private final BindableService grpc;

  /** Loads the engines, which takes about half a second. */
  public SpeechService(SpeechSettings settings) {
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    natives = new NativePool("speech", settings.threads() > 0 ? settings.threads() : cores, 256);
    owned.push(natives);
    var voice = synthesizer();
    var ears = new Ears(recognizer(settings), detector(settings), turns(settings));
    grpc = new SpeechGrpc(voice, ears, new FfmpegAudioFiles(natives), new FfmpegOpus(natives));
  }

  private Synthesizer synthesizer() {
    try {
      var flite = new FliteSynthesizer();
      owned.push(flite);
      parts.add(Part.fixed("synthesis", "flite, voices " + flite.voices().size()));
      return flite;
    } catch (IllegalArgumentException e) {
      throw Failure.unavailable("flite is not installed: " + INSTALL_FLITE, Duration.ofSeconds(60))
          .causedBy(e);
    }
  }

  private Recognizer recognizer(SpeechSettings settings) {
    return switch (settings.recognizer()) {
      case "none" -> without("speech.recognizer is none");
      case "pocketsphinx" -> sphinx(settings);
      case "remote" -> remote(settings);
      case "auto" -> settings.remoteUrl().isPresent() ? remote(settings) : sphinx(settings);
      default ->
          throw Failure.invalid(
              "speech.recognizer",
              settings.recognizer() + " (expected auto, pocketsphinx, remote or none)");
    };
  }

  private Recognizer remote(SpeechSettings settings) {
    var address =
        settings.remoteUrl().orElseThrow(() -> Failure.invalid("speech.remote-url", "not set"));
    try {
      var timeout = Duration.ofMillis(settings.remoteTimeoutMs());
      var server =
          new TranscriptionServer(address, settings.remoteKey(), settings.remoteModel(), timeout);
      owned.push(server);
      var remote = new RemoteRecognizer(server, sphinx(settings));
      parts.add(new Part("transcription server", false, () -> state(remote, address)));
      return remote;
    } catch (IllegalArgumentException e) {
      throw Failure.invalid("speech.remote-url", String.valueOf(e.getMessage()));
    }
  }

  private static Part.State state(RemoteRecognizer remote, String address) {
    var where = remote.engine() + " at " + address;
    return new Part.State(
        remote.trouble().isEmpty(), where + remote.trouble().map(why -> ": " + why).orElse(""));
  }

  private Recognizer sphinx(SpeechSettings settings) {
    var model = new SphinxModel(settings.model());
    if (!model.present()) {
      return without("no model in " + settings.model() + ": " + INSTALL_SPHINX);
    }
    try {
      var sphinx = new SphinxRecognizer(model, natives, Math.max(1, settings.decoders()));
      owned.push(sphinx);
      parts.add(Part.fixed("recognition", "pocketsphinx, " + settings.decoders() + " at once"));
      return sphinx;
    } catch (IllegalArgumentException e) {
      return without("libpocketsphinx is not installed: " + INSTALL_SPHINX);
    }
  }

  private Recognizer without(String why) {
    parts.add(Part.missing("recognition", why));
    return new NoRecognizer(why);
  }

  private VoiceDetector detector(SpeechSettings settings) {
    return switch (settings.vad()) {
      case "energy" -> energy("speech.vad is energy");
      case "silero" -> silero();
      case "auto" -> {
        try {
          yield silero();
        } catch (Failure missing) {
          yield energy(missing.getMessage());
        }
      }
      default ->
          throw Failure.invalid(
              "speech.vad", settings.vad() + " (expected auto, silero or energy)");
    };
  }

  private VoiceDetector silero() {
    var silero = SileroDetector.load();
    owned.push(silero);
    parts.add(Part.fixed("voice activity", "silero v6, all streams share its calls"));
    return silero;
  }

  private VoiceDetector energy(String why) {
    parts.add(Part.fixed("voice activity", "energy gate (" + why + ")"));
    return new EnergyGate();
  }

  private Optional<TurnModel> turns(SpeechSettings settings) {
    var model = settings.turnModel().map(file -> SmartTurn.load(file, natives));
    model.ifPresent(owned::push);
    parts.add(
        Part.fixed(
            "end of turn",
            settings.turnModel().map(file -> "turn model " + file + " and words").orElse("words")));
    return model.map(TurnModel.class::cast);
  }

  @Override
  public String name() {
    return "speech";
  }

  @Override
  public List<BindableService> grpcServices() {
    return List.of(grpc);
  }

  @Override
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("speech did not close", e);
      }
    }
  }
}
