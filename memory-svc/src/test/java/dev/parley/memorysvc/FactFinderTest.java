package dev.parley.memorysvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.memorysvc.embedding.CachingEmbedder;
import dev.parley.memorysvc.onnx.EmbeddingModel;
import dev.parley.memorysvc.onnx.OnnxEmbedder;
import dev.parley.memorysvc.recollection.Fact;
import dev.parley.memorysvc.recollection.FactFinder;
import dev.parley.memorysvc.recollection.FactKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Facts found with the shipped model, held against labelled sentences. */
class FactFinderTest {
  private static NativePool pool;
  private static OnnxEmbedder embedder;
  private static FactFinder finder;

  /** A sentence and the facts in it, each a kind and a word of it. */
  private record Sentence(String text, List<Wanted> wanted) {}

  private record Wanted(FactKind kind, String word) {
    boolean is(Fact fact) {
      return fact.kind() == kind && fact.text().contains(word);
    }
  }

  @BeforeAll
  static void load() {
    pool = new NativePool("test", 1, 64);
    embedder = OnnxEmbedder.load(EmbeddingModel.shipped(), pool, 1);
    finder = new FactFinder(new CachingEmbedder(embedder, 1000));
  }

  @AfterAll
  static void close() {
    embedder.close();
    pool.close();
  }

  @Test
  void whatItFindsIsRightAndItFindsMost() throws IOException {
    expect("facts", 0.99, 0.89);
  }

  @Test
  void sentencesThatTheRulesWereNotMadeWithAreReadNearlyAsWell() throws IOException {
    expect("facts-unseen", 0.99, 0.8);
  }

  private static void expect(String file, double precision, double recall) throws IOException {
    int right = 0;
    int found = 0;
    int wanted = 0;
    List<String> wrong = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    for (Sentence sentence : sentences(file)) {
      List<Fact> facts = finder.in(sentence.text());
      found += facts.size();
      wanted += sentence.wanted().size();
      for (Wanted one : sentence.wanted()) {
        boolean there = facts.stream().anyMatch(one::is);
        right += there ? 1 : 0;
        if (!there) {
          missed.add(sentence.text());
        }
      }
      facts.stream()
          .filter(it -> sentence.wanted().stream().noneMatch(one -> one.is(it)))
          .forEach(it -> wrong.add(sentence.text() + " -> " + it));
    }
    assertThat((double) right / found)
        .as("precision; wrong: %s", wrong)
        .isGreaterThanOrEqualTo(precision);
    assertThat((double) right / wanted)
        .as("recall; missed: %s", missed)
        .isGreaterThanOrEqualTo(recall);
  }

  private static List<Sentence> sentences(String file) throws IOException {
    try (InputStream in =
        FactFinderTest.class.getResourceAsStream("/recollection/" + file + ".tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(FactFinderTest::sentence).toList();
    }
  }

  private static Sentence sentence(String line) {
    String[] columns = line.split("\t");
    List<Wanted> wanted =
        Arrays.stream(columns[1].split(";"))
            .filter(it -> !it.equals("-"))
            .map(it -> it.split(":"))
            .map(it -> new Wanted(FactKind.valueOf(it[0]), it[1]))
            .toList();
    return new Sentence(columns[0], wanted);
  }
}
