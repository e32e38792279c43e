package dev.parley.cli.knowledge;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import dev.parley.document.v1.SearchResult;
import dev.parley.kit.failure.Failure;
import java.util.Locale;

/**
 * A question with what should be found for it.
 *
 * @param document name or id of the document; empty means any
 * @param page physical page; 0 means any
 * @param text words of the passage; empty means any
 */
record Judged(String question, String document, int page, String text) {
  /** Reads {@code {"question": "…", "document": "…", "page": 3, "text": "…"}}. */
  static Judged read(String line, int number) {
    try {
      JsonObject it = JsonParser.parseString(line).getAsJsonObject();
      Judged judged =
          new Judged(
              text(it, "question"),
              text(it, "document"),
              it.has("page") ? it.get("page").getAsInt() : 0,
              text(it, "text"));
      if (judged.question.isEmpty() || judged.document.isEmpty() && judged.text.isEmpty()) {
        throw wrong(number);
      }
      return judged;
    } catch (JsonSyntaxException
        | IllegalStateException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw wrong(number);
    }
  }

  private static Failure wrong(int number) {
    return Failure.invalid(
        "line " + number, "expected {\"question\": …, \"document\": … or \"text\": …}");
  }

  private static String text(JsonObject it, String name) {
    return it.has(name) ? it.get(name).getAsString().strip() : "";
  }

  /** Whether a result is what should be found. */
  boolean fits(SearchResult it) {
    boolean named =
        document.isEmpty()
            || document.equals(it.getChunk().getDocumentId())
            || document.equalsIgnoreCase(it.getDocumentName());
    boolean placed =
        page == 0 || it.getChunk().getSpansList().stream().anyMatch(s -> s.getPage() == page);
    return named && placed && plain(it.getChunk().getText()).contains(plain(text));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
