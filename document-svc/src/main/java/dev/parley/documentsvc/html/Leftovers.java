package dev.parley.documentsvc.html;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Text that stands before a block in its parents and belongs to no block of its own. */
final class Leftovers {
  private Leftovers() {}

  /** Takes it out of the tree, outermost first. */
  static List<String> before(Element block) {
    List<String> found = new ArrayList<>();
    for (Element it = block; it.parent() != null; it = it.parent()) {
      List<Node> earlier = new ArrayList<>();
      for (Node node = it.previousSibling(); node != null; node = node.previousSibling()) {
        earlier.addFirst(node);
      }
      StringBuilder level = new StringBuilder();
      for (Node node : earlier) {
        boolean cell =
            node instanceof Element e
                && (e.normalName().equals("td") || e.normalName().equals("th"));
        if (!cell) {
          level.append(text(node));
          node.remove();
        }
      }
      String words = level.toString().strip().replaceAll("\\s+", " ");
      if (!words.isEmpty()) {
        found.addFirst(words);
      }
    }
    return found;
  }

  private static String text(Node node) {
    return switch (node) {
      case TextNode words -> words.getWholeText();
      case Element element -> " " + element.text() + " ";
      default -> "";
    };
  }
}
