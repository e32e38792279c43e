package dev.parley.documentsvc.reader;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The part of this process's class path that reading files needs; a short one starts faster. */
final class ReaderClassPath {
  private static final List<String> NEEDED =
      List.of(
          "document-svc",
          "service-kit",
          "pdfbox",
          "fontbox",
          "poi",
          "xmlbeans",
          "commons-",
          "SparseBitSet",
          "curvesapi",
          "log4j-api",
          "jsoup",
          "jspecify",
          "commonmark",
          "juniversalchardet",
          "opennlp",
          "slf4j-api");

  private ReaderClassPath() {}

  static String find() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(ReaderClassPath::isNeeded)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Jars by their name, folders of classes by the module they stand in. */
  private static boolean isNeeded(String entry) {
    String name = new File(entry).getName();
    String told = name.endsWith(".jar") ? name : entry.replace("/target/classes", "");
    return NEEDED.stream().anyMatch(it -> new File(told).getName().startsWith(it));
  }
}
