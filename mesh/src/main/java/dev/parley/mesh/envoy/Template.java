package dev.parley.mesh.envoy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with names in double braces. A name that has a line to itself stands for a block, each
 * line of which is indented as the name was; elsewhere it stands for a word.
 */
final class Template {
  private static final Pattern BLOCK = Pattern.compile("(?m)^( *)\\{\\{([a-z_]+)}}$");
  private static final Pattern WORD = Pattern.compile("\\{\\{([a-z_]+)}}");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /** One of the files in {@code envoy/}. */
  static Template of(String name) {
    try (InputStream in = Template.class.getResourceAsStream("/envoy/" + name)) {
      if (in == null) {
        throw new IllegalStateException("envoy/" + name + " is not on the class path");
      }
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text with all names replaced; fails with IllegalArgumentException when one is not said, or
   * what is said is asked for nowhere.
   */
  String fill(Map<String, String> values) {
    for (String name : values.keySet()) {
      if (!text.contains("{{" + name + "}}")) {
        throw new IllegalArgumentException(name + " is said (expected nowhere)");
      }
    }
    String blocks =
        BLOCK
            .matcher(text)
            .replaceAll(
                it -> Matcher.quoteReplacement(indented(value(values, it.group(2)), it.group(1))));
    return WORD.matcher(blocks)
        .replaceAll(it -> Matcher.quoteReplacement(value(values, it.group(1))));
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "{{" + name + "}} is not said (expected in " + values.keySet() + ")");
    }
    return value;
  }

  private static String indented(String block, String indent) {
    return block.lines().map(line -> indent + line).collect(Collectors.joining("\n"));
  }
}
