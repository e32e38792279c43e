package dev.parley.memorysvc.lucene;

import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Words;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Conditions and words as Lucene queries. */
final class Queries {
  /** Of a very long question the first words are looked for. */
  private static final int MOST_WORDS = 64;

  private Queries() {}

  /** All of them; every point where there is none. */
  static Query all(List<Condition> conditions) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(new MatchAllDocsQuery(), Occur.FILTER);
    conditions.forEach(condition -> add(query, condition));
    return query.build();
  }

  static Query ids(Set<String> ids) {
    return anyOf(PointFields.ID, ids);
  }

  /** Any of the words by BM25, within the conditions; nothing where there are no words. */
  static Query words(String text, List<Condition> conditions) {
    Set<String> words =
        Words.of(text).stream()
            .distinct()
            .limit(MOST_WORDS)
            .collect(Collectors.toUnmodifiableSet());
    if (words.isEmpty()) {
      return new MatchNoDocsQuery("no words");
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    words.forEach(word -> any.add(term(PointFields.WORDS, word), Occur.SHOULD));
    BooleanQuery.Builder query = new BooleanQuery.Builder().add(any.build(), Occur.MUST);
    conditions.forEach(condition -> add(query, condition));
    return query.build();
  }

  private static void add(BooleanQuery.Builder query, Condition condition) {
    if (condition instanceof Condition.Not(Condition other)) {
      query.add(one(other), Occur.MUST_NOT);
    } else {
      query.add(one(condition), Occur.FILTER);
    }
  }

  private static Query one(Condition condition) {
    return switch (condition) {
      case Condition.AnyKeyword(String name, Set<String> values) ->
          anyOf(PointFields.keyword(name), values);
      case Condition.AnyId(Set<String> ids) -> ids(ids);
      case Condition.InRange range -> range(range);
      case Condition.Not not -> all(List.of(not));
    };
  }

  private static Query range(Condition.InRange range) {
    long least = range.atLeast().orElse(Long.MIN_VALUE);
    long below = range.lessThan().orElse(Long.MAX_VALUE);
    if (range.lessThan().isPresent() && below == Long.MIN_VALUE) {
      return new MatchNoDocsQuery("less than the least number");
    }
    long most = range.lessThan().isPresent() ? below - 1 : Long.MAX_VALUE;
    return LongPoint.newRangeQuery(PointFields.whole(range.name()), least, most);
  }

  private static Query anyOf(String field, Collection<String> values) {
    if (values.size() == 1) {
      return term(field, values.iterator().next());
    }
    return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
  }

  private static Query term(String field, String value) {
    return new TermQuery(new Term(field, value));
  }
}
