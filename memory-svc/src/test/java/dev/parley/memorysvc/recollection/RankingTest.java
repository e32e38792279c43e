package dev.parley.memorysvc.recollection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.onnx.EmbeddingModel;
import dev.parley.memorysvc.onnx.OnnxEmbedder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  /** Three weeks of talk, one text each hour or day, oldest first; what only asks ends so. */
  private static final List<String> SAID =
      List.of(
          "My name is Ann.",
          "I work as a nurse in a children's hospital.",
          "I live in Porto with my two cats.",
          "My sister Philippa keeps llamas in Wales.",
          "I love pasta.",
          "I am allergic to peanuts.",
          "The weather is awful today.",
          "My car broke down yesterday.",
          "We watched a film about penguins.",
          "I am planning to visit Japan in the spring.",
          "What food do I like?",
          "My birthday is on the third of May.",
          "I had soup for lunch.",
          "I can't stand loud music.",
          "My brother plays the drums, alas.",
          "Where does my sister live?",
          "I slept badly, the neighbours had a party.",
          "I am learning Japanese with an app.",
          "My boss wants me to work at weekends.",
          "I bought a red bicycle.",
          "Do you know when my birthday is?",
          "The train was late again.",
          "I met an old friend from school.",
          "It rained all day and I read a novel.");

  private static final Map<String, String> ASKED =
      new LinkedHashMap<>(
          Map.ofEntries(
              Map.entry("what is my name", "My name is Ann."),
              Map.entry("what do I do for a living", "I work as a nurse in a children's hospital."),
              Map.entry("where is my home", "I live in Porto with my two cats."),
              Map.entry("do I have pets", "I live in Porto with my two cats."),
              Map.entry(
                  "what animals does my sister have", "My sister Philippa keeps llamas in Wales."),
              Map.entry("what food do I like", "I love pasta."),
              Map.entry("is there food I must not eat", "I am allergic to peanuts."),
              Map.entry("what is wrong with my car", "My car broke down yesterday."),
              Map.entry("where will I travel", "I am planning to visit Japan in the spring."),
              Map.entry("when is my birthday", "My birthday is on the third of May."),
              Map.entry("what kind of noise annoys me", "I can't stand loud music."),
              Map.entry("who in my family makes music", "My brother plays the drums, alas."),
              Map.entry("which language do I study", "I am learning Japanese with an app."),
              Map.entry("what did I buy", "I bought a red bicycle."),
              Map.entry("what did I eat at noon", "I had soup for lunch."),
              Map.entry("whom did I meet", "I met an old friend from school.")));

  @Test
  void theAnswerStandsHigherThanByMeaningAlone() {
    try (NativePool pool = new NativePool("test", 1, 64);
        OnnxEmbedder embedder = OnnxEmbedder.load(EmbeddingModel.shipped(), pool, 1)) {
      FactFinder finder = new FactFinder(embedder);
      List<Vector> meanings = embedder.embed(SAID);
      List<Item> items = new ArrayList<>();
      for (int i = 0; i < SAID.size(); i++) {
        items.add(
            item(SAID.get(i), finder.in(SAID.get(i)), Duration.ofHours(20L * (SAID.size() - i))));
      }
      double ranked = 0;
      double byMeaning = 0;
      for (Map.Entry<String, String> asked : ASKED.entrySet()) {
        Vector question = embedder.embed(List.of(asked.getKey())).getFirst();
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
          Kind kind = Question.is(SAID.get(i)) ? Kind.ASKED : Kind.TOLD;
          hits.add(new Hit(items.get(i), kind, meanings.get(i).cosine(question)));
        }
        List<String> ours =
            new Ranking(NOW, Map.of())
                .best(hits, SAID.size()).stream().map(it -> it.item().text()).toList();
        List<String> cosine =
            hits.stream()
                .sorted(Comparator.comparingDouble(Hit::cosine).reversed())
                .map(it -> it.item().text())
                .toList();
        ranked += 1.0 / (1 + ours.indexOf(asked.getValue()));
        byMeaning += 1.0 / (1 + cosine.indexOf(asked.getValue()));
      }
      assertThat(ranked / ASKED.size())
          .as("mean reciprocal rank; by meaning alone %.3f", byMeaning / ASKED.size())
          .isGreaterThanOrEqualTo(0.96)
          .isGreaterThan(byMeaning / ASKED.size());
    }
  }

  @Test
  void recencyHalvesInAboutSixDaysAndRecallMakesAMemoryFresh() {
    Item item = item("I love pasta.", List.of(), Duration.ofHours(138));
    assertThat(new Ranking(NOW, Map.of()).recency(item)).isCloseTo(0.5, within(0.01));
    assertThat(new Ranking(NOW, Map.of(item.id(), NOW)).recency(item)).isEqualTo(1.0);
  }

  @Test
  void theRankIsTheWeightedSumOverItsLargestValue() {
    Item item = item("I love pasta.", List.of(), Duration.ZERO);
    Memory only =
        new Ranking(NOW, Map.of()).best(List.of(new Hit(item, Kind.TOLD, 0.4)), 1).getFirst();
    assertThat(only.rank()).isCloseTo((3 * 1 + 0.5 * 1 + 2 * 0.3) / 5.5, within(1e-9));
    assertThat(only.score()).isEqualTo(0.4);
  }

  private static Item item(String text, List<Fact> facts, Duration age) {
    double told = Question.is(text) ? 0.1 : 0.3;
    double importance = facts.stream().mapToDouble(Fact::importance).reduce(told, Math::max);
    RememberedTurn turn = new RememberedTurn(text, "s1", "ada", text, "", NOW.minus(age));
    return Item.of("id-" + text, turn, importance, false, Optional.empty());
  }
}
