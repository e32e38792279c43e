package dev.parley.documentsvc.opennlp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Which of 103 languages a text is in, by Apache OpenNLP's model of character n-grams, which is
 * loaded when it is first needed.
 */
public final class LanguageFinder {
  private static final int LEAST_LETTERS = 20;
  private static final double LEAST_CERTAIN = 0.02;
  private static final double LEAST_AHEAD = 1.1;
  private static final Map<String, String> TWO_LETTERS =
      Arrays.stream(Locale.getISOLanguages())
          .collect(Collectors.toMap(it -> Locale.of(it).getISO3Language(), it -> it, (a, _) -> a));

  private LanguageDetectorME detector;

  /** BCP 47; {@code und} where the best language is not well ahead of the second. */
  public String find(String text) {
    if (text.codePoints().filter(Character::isLetter).count() < LEAST_LETTERS) {
      return "und";
    }
    if (detector == null) {
      detector = load();
    }
    var found = detector.predictLanguages(text);
    double first = found[0].getConfidence();
    boolean sure = first > LEAST_CERTAIN && first > LEAST_AHEAD * found[1].getConfidence();
    return sure ? tag(found[0].getLang()) : "und";
  }

  private static String tag(String three) {
    String macro =
        switch (three) {
          case "cmn" -> "zho";
          case "pes" -> "fas";
          case "ekk" -> "est";
          case "lvs" -> "lav";
          case "plt" -> "mlg";
          case "zlm" -> "msa";
          default -> three;
        };
    return TWO_LETTERS.getOrDefault(macro, macro);
  }

  private static LanguageDetectorME load() {
    try (InputStream model = LanguageFinder.class.getResourceAsStream("/langdetect-183.bin")) {
      return new LanguageDetectorME(new LanguageDetectorModel(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
