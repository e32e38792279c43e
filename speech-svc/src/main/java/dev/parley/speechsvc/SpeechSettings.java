package dev.parley.speechsvc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What can be set about speech; names begin with {@code speech.}. */
@ConfigMapping(prefix = "speech")
public interface SpeechSettings {

  /** Native calls at once; 0 takes one a core, two at least. */
  @WithDefault("0")
  int threads();

  /** Which recogniser: {@code auto}, {@code pocketsphinx}, {@code remote} or {@code none}. */
  @WithDefault("auto")
  String recognizer();

  /** Utterances recognised at once by pocketsphinx, about 100 MB each. */
  @WithDefault("2")
  int decoders();

  /** Where the pocketsphinx model lies. */
  @WithDefault("/usr/share/pocketsphinx/model/en-us")
  Path model();

  /** Voice activity: {@code auto}, {@code silero} or {@code energy}. */
  @WithDefault("auto")
  String vad();

  /** A turn model of the form of Smart Turn v3, an ONNX file; without one the words decide. */
  Optional<Path> turnModel();

  /** Base address of an OpenAI-compatible transcription server, as in {@code http://host/v1}. */
  Optional<String> remoteUrl();

  /** Its key. */
  Optional<String> remoteKey();

  /** Its model. */
  @WithDefault("whisper-1")
  String remoteModel();

  /** Most milliseconds that a transcription may take before the local recogniser answers. */
  @WithDefault("8000")
  int remoteTimeoutMs();
}
