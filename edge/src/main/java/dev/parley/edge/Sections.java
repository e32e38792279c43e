package dev.parley.edge;

import com.google.protobuf.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A JSON object written while its parts come: lists, each under its name, in an order that is known
 * before. A list of which nothing comes is empty. Not thread-safe.
 */
final class Sections {
  private final Deque<String> coming;
  private String open = "";
  private boolean begun;

  /** Of these names; the first is open from the beginning. */
  Sections(List<String> names) {
    coming = new ArrayDeque<>(names);
  }

  /** How it begins. */
  String begin() {
    return "{" + next();
  }

  /** One more in that list, which is the last one's or a later one. */
  String add(String name, Message part) {
    StringBuilder text = new StringBuilder();
    while (!open.equals(name)) {
      text.append("],\n").append(next());
    }
    text.append(begun ? ",\n" : "").append(StrictJson.print(part));
    begun = true;
    return text.toString();
  }

  private String next() {
    open = coming.remove();
    begun = false;
    return "\"" + open + "\":[";
  }

  /** How it ends. */
  String end() {
    StringBuilder text = new StringBuilder();
    while (!coming.isEmpty()) {
      text.append("],\n").append(next());
    }
    return text.append("]}\n").toString();
  }
}
