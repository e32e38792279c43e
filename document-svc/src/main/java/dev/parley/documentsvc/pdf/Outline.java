package dev.parley.documentsvc.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/** Headings as the file's outline names them, by page. Circles and endless lists are cut off. */
final class Outline {
  private static final int MAX_ITEMS = 5_000;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_TITLE = 200;

  private final PDDocument document;
  private final Map<COSDictionary, List<PageDraft.Outlined>> byPage = new HashMap<>();
  private final Set<COSDictionary> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Outline(PDDocument document) {
    this.document = document;
  }

  static Outline of(PDDocument document) {
    Outline outline = new Outline(document);
    PDOutlineNode root = document.getDocumentCatalog().getDocumentOutline();
    if (root != null) {
      outline.add(root, 1);
    }
    return outline;
  }

  List<PageDraft.Outlined> on(PDPage page) {
    return byPage.getOrDefault(page.getCOSObject(), List.of());
  }

  private void add(PDOutlineNode node, int level) {
    PDOutlineItem item = level > MAX_DEPTH ? null : node.getFirstChild();
    while (item != null && seen.size() < MAX_ITEMS && seen.add(item.getCOSObject())) {
      place(item, level);
      add(item, level + 1);
      item = item.getNextSibling();
    }
  }

  private void place(PDOutlineItem item, int level) {
    try {
      PDPage page = item.findDestinationPage(document);
      String title = item.getTitle();
      if (page != null && title != null && !title.isBlank()) {
        String shortened = title.strip().substring(0, Math.min(MAX_TITLE, title.strip().length()));
        byPage
            .computeIfAbsent(page.getCOSObject(), _ -> new ArrayList<>())
            .add(new PageDraft.Outlined(shortened, level));
      }
    } catch (IOException | RuntimeException e) {
      // A destination that leads nowhere names no heading.
    }
  }
}
