package dev.parley.speechsvc.pocketsphinx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a pocketsphinx model lies: acoustic model, language model and dictionary.
 *
 * @param folder as the Debian package {@code pocketsphinx-en-us} lays it out
 */
public record SphinxModel(Path folder) {

  /** Where Debian puts it. */
  public static final SphinxModel DEBIAN =
      new SphinxModel(Path.of("/usr/share/pocketsphinx/model/en-us"));

  /** Whether all of it is there. */
  public boolean present() {
    return Files.isDirectory(acoustic())
        && Files.isReadable(language())
        && Files.isReadable(dictionary());
  }

  /**
   * The decoder's settings. The second, flat pass is off: it costs a tenth of a second at the end
   * of each utterance for little. Noise removal is on: without it a fan 20 dB below the voice takes
   * two words of three.
   */
  List<String> settings() {
    return List.of(
        "-hmm", acoustic().toString(),
        "-lm", language().toString(),
        "-dict", dictionary().toString(),
        "-fwdflat", "no",
        "-remove_noise", "yes");
  }

  private Path acoustic() {
    return folder.resolve("en-us");
  }

  private Path language() {
    return folder.resolve("en-us.lm.bin");
  }

  private Path dictionary() {
    return folder.resolve("cmudict-en-us.dict");
  }
}
