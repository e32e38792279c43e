package dev.parley.memorysvc.lucene;

import dev.parley.memorysvc.vectors.Attribute;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.util.BytesRef;

/** Points as Lucene documents. The name of an attribute's field begins with its kind. */
final class PointFields {
  static final String ID = "id";
  static final String VECTOR = "vector";
  static final String WORDS = "words";
  private static final String TEXT = "text";
  private static final String KEYWORD = "k.";
  private static final String WHOLE = "w.";
  private static final String PAYLOAD = "p.";
  private static final String ORDER = "o.";
  private static final FieldType COUNTED_WORDS = countedWords();

  private PointFields() {}

  static Document document(Point point) {
    Document document = new Document();
    document.add(new StringField(ID, point.id(), Field.Store.YES));
    document.add(new SortedDocValuesField(ID, new BytesRef(point.id())));
    point
        .vector()
        .ifPresent(vector ->
            document.add(
                new KnnFloatVectorField(
                    VECTOR, vector.values(), VectorSimilarityFunction.DOT_PRODUCT)));
    if (!point.text().isEmpty()) {
      document.add(new StoredField(TEXT, point.text()));
      document.add(new Field(WORDS, new WordStream(Words.of(point.text())), COUNTED_WORDS));
    }
    point.attributes().forEach(attribute -> add(document, attribute));
    return document;
  }

  private static void add(Document document, Attribute attribute) {
    switch (attribute) {
      case Attribute.Keyword(String name, String value) ->
          document.add(new StringField(keyword(name), value, Field.Store.YES));
      case Attribute.Whole(String name, long value) -> {
        document.add(new LongPoint(whole(name), value));
        document.add(new StoredField(whole(name), value));
        document.add(new SortedNumericDocValuesField(ORDER + name, value));
      }
      case Attribute.Payload(String name, String value) ->
          document.add(new StoredField(PAYLOAD + name, value));
    }
  }

  /** A point from its stored fields, without its vector. */
  static Point point(Document document) {
    List<Attribute> attributes = new ArrayList<>();
    for (IndexableField field : document.getFields()) {
      String name = field.name().substring(Math.min(2, field.name().length()));
      if (field.name().startsWith(KEYWORD)) {
        attributes.add(new Attribute.Keyword(name, field.stringValue()));
      } else if (field.name().startsWith(WHOLE)) {
        attributes.add(new Attribute.Whole(name, field.numericValue().longValue()));
      } else if (field.name().startsWith(PAYLOAD)) {
        attributes.add(new Attribute.Payload(name, field.stringValue()));
      }
    }
    String text = Optional.ofNullable(document.get(TEXT)).orElse("");
    return new Point(document.get(ID), Optional.empty(), text, attributes);
  }

  static String keyword(String name) {
    return KEYWORD + name;
  }

  static String whole(String name) {
    return WHOLE + name;
  }

  /** By a number, largest first; points from before numbers could be ordered by come last. */
  static Sort falling(String name) {
    SortField field = new SortedNumericSortField(ORDER + name, SortField.Type.LONG, true);
    field.setMissingValue(Long.MIN_VALUE);
    return new Sort(field);
  }

  private static FieldType countedWords() {
    FieldType type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.setTokenized(true);
    type.freeze();
    return type;
  }
}
