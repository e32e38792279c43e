package dev.parley.memorysvc.recollection;

import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Vector;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells by meaning whether "I am a ..." names what somebody does for a living: nearer to one of a
 * few professions than {@value #NEAR}, and nearer than to anything else that people say they are.
 */
final class Professions {
  private static final double NEAR = 0.45;
  private static final Pattern FORM =
      Pattern.compile(
          "(?i)^(?:i'm|i am) (?:now |currently |actually )?an? ((?:[\\p{L}-]+ ){0,2}[\\p{L}-]+)"
              + "( (?:at|for|in|by|with) .+)?$");
  private static final List<String> SOME =
      List.of(
          "a nurse",
          "a teacher",
          "a software engineer",
          "a lawyer",
          "a carpenter",
          "a cook in a kitchen",
          "a student at a university",
          "a shop assistant",
          "a truck driver",
          "a scientist",
          "a musician",
          "a painter",
          "a journalist",
          "an accountant",
          "a gardener",
          "a doctor",
          "a police officer",
          "a dentist",
          "a farmer",
          "a project manager",
          "a photographer",
          "a translator",
          "a pilot");
  private static final List<String> OTHERS =
      List.of(
          "a bit tired",
          "a little confused",
          "a morning person",
          "a huge fan",
          "a good friend",
          "an idiot",
          "a believer",
          "a human being",
          "a mess today",
          "a lucky man",
          "a woman",
          "a slow reader",
          "a beginner",
          "a bad cook",
          "a cat person",
          "a terrible liar",
          "a member");

  private final Embedder embedder;

  Professions(Embedder embedder) {
    this.embedder = embedder;
  }

  Optional<Fact> in(String clause) {
    Matcher matcher = FORM.matcher(clause);
    if (!matcher.matches() || !isOne(matcher.group(1))) {
      return Optional.empty();
    }
    String text = clause.replaceFirst("(?i)^i\\b", "I") + ".";
    return Optional.of(new Fact(FactKind.OTHER, text, "work", 0.7));
  }

  private boolean isOne(String noun) {
    Vector meaning = embedder.embed(List.of("a " + noun)).getFirst();
    double profession = nearest(meaning, SOME);
    return profession >= NEAR && profession > nearest(meaning, OTHERS);
  }

  private double nearest(Vector meaning, List<String> texts) {
    return embedder.embed(texts).stream().mapToDouble(meaning::cosine).max().orElse(-1);
  }
}
