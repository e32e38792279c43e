package dev.parley.memorysvc.lucene;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.recollection.Entry;
import dev.parley.memorysvc.recollection.Hit;
import dev.parley.memorysvc.recollection.Kind;
import dev.parley.memorysvc.recollection.RememberedTurn;
import dev.parley.memorysvc.recollection.Scope;
import java.time.Instant;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Entries as Lucene documents and scopes as Lucene queries. */
final class Documents {
  static final String VECTOR = "vector";
  static final String MEMORY = "memory";
  private static final String ORGANISATION = "organisation";
  private static final String PERSON = "person";
  private static final String CHARACTER = "character";
  private static final String SESSION = "session";
  private static final String KIND = "kind";
  private static final String TURN = "turn";
  private static final String PERSON_TEXT = "person_text";
  private static final String CHARACTER_TEXT = "character_text";
  private static final String SECONDS = "seconds";
  private static final String NANOS = "nanos";

  private Documents() {}

  static Document document(Entry entry) {
    RememberedTurn turn = entry.turn();
    Document document = new Document();
    document.add(new StringField(ORGANISATION, entry.owner().organisationId(), Field.Store.NO));
    document.add(new StringField(PERSON, entry.owner().personId(), Field.Store.NO));
    document.add(new StringField(CHARACTER, turn.characterId(), Field.Store.YES));
    document.add(new StringField(SESSION, turn.sessionId(), Field.Store.YES));
    document.add(new StringField(MEMORY, entry.memoryId(), Field.Store.YES));
    document.add(new StoredField(KIND, entry.kind().name()));
    document.add(new StoredField(TURN, turn.turnId()));
    document.add(new StoredField(PERSON_TEXT, turn.personText()));
    document.add(new StoredField(CHARACTER_TEXT, turn.characterText()));
    document.add(new StoredField(SECONDS, turn.time().getEpochSecond()));
    document.add(new StoredField(NANOS, turn.time().getNano()));
    document.add(
        new KnnFloatVectorField(
            VECTOR, entry.vector().values(), VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }

  /** Lucene's score of a dot product is (1 + cosine) / 2. */
  static Hit hit(Document document, float score) {
    Instant time =
        Instant.ofEpochSecond(
            document.getField(SECONDS).numericValue().longValue(),
            document.getField(NANOS).numericValue().intValue());
    RememberedTurn turn =
        new RememberedTurn(
            document.get(TURN),
            document.get(SESSION),
            document.get(CHARACTER),
            document.get(PERSON_TEXT),
            document.get(CHARACTER_TEXT),
            time);
    return new Hit(document.get(MEMORY), Kind.valueOf(document.get(KIND)), turn, 2.0 * score - 1.0);
  }

  static Query query(Scope scope) {
    BooleanQuery.Builder query = owner(scope.owner());
    scope.characterId().ifPresent(id -> query.add(term(CHARACTER, id), Occur.FILTER));
    scope.sessionId().ifPresent(id -> query.add(term(SESSION, id), Occur.FILTER));
    scope.exceptSessionId().ifPresent(id -> query.add(term(SESSION, id), Occur.MUST_NOT));
    if (!scope.memoryIds().isEmpty()) {
      List<BytesRef> ids = scope.memoryIds().stream().map(BytesRef::new).toList();
      query.add(new TermInSetQuery(MEMORY, ids), Occur.FILTER);
    }
    return query.build();
  }

  static Query memory(Owner owner, String memoryId) {
    return owner(owner).add(term(MEMORY, memoryId), Occur.FILTER).build();
  }

  private static BooleanQuery.Builder owner(Owner owner) {
    return new BooleanQuery.Builder()
        .add(new MatchAllDocsQuery(), Occur.FILTER)
        .add(term(ORGANISATION, owner.organisationId()), Occur.FILTER)
        .add(term(PERSON, owner.personId()), Occur.FILTER);
  }

  private static Query term(String field, String value) {
    return new TermQuery(new Term(field, value));
  }
}
