package dev.parley.documentsvc.markdown;

import dev.parley.documentsvc.library.Parser;
import dev.parley.documentsvc.library.Reading;
import dev.parley.documentsvc.library.Sections;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Markdown by commonmark-java, with tables. A large file is parsed in pieces that are cut at empty
 * lines outside of code, so that memory is bounded.
 */
public final class MarkdownParser implements Parser {
  private static final int PIECE = 200_000;

  /** Opens a text in its charset. */
  @FunctionalInterface
  public interface Opening {
    BufferedReader open(Path file) throws IOException;
  }

  private final Opening opening;
  private final org.commonmark.parser.Parser parser =
      org.commonmark.parser.Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .maxOpenBlockParsers(100)
          .build();
  private final TextContentRenderer renderer =
      TextContentRenderer.builder().lineBreakRendering(LineBreakRendering.COMPACT).build();

  /** Reads texts that are opened so. */
  public MarkdownParser(Opening opening) {
    this.opening = opening;
  }

  @Override
  public void parse(Path file, Consumer<Reading> to) throws IOException {
    to.accept(new Reading.Opened(0));
    to.accept(new Reading.Told("", List.of(), Optional.empty(), Optional.empty()));
    Sections sections = new Sections(to);
    try (BufferedReader reader = opening.open(file)) {
      Pieces pieces = new Pieces(reader, PIECE);
      Optional<String> piece = pieces.next();
      while (piece.isPresent()) {
        parser.parse(piece.get()).accept(new Flow(sections));
        piece = pieces.next();
      }
    }
    sections.end();
  }

  /** Hands blocks on in order. */
  private final class Flow extends AbstractVisitor {
    private final Sections sections;

    Flow(Sections sections) {
      this.sections = sections;
    }

    @Override
    public void visit(Heading it) {
      sections.heading(renderer.render(it), it.getLevel());
    }

    @Override
    public void visit(Paragraph it) {
      boolean item = it.getParent() instanceof ListItem && it.getPrevious() == null;
      sections.paragraph((item ? "- " : "") + renderer.render(it));
    }

    @Override
    public void visit(FencedCodeBlock it) {
      sections.paragraph(it.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock it) {
      sections.paragraph(it.getLiteral());
    }

    @Override
    public void visit(CustomBlock it) {
      if (it instanceof TableBlock table) {
        StringBuilder rows = new StringBuilder();
        rows(table, rows);
        sections.paragraph(rows.toString());
      } else {
        visitChildren(it);
      }
    }

    private void rows(Node node, StringBuilder to) {
      for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
        if (child instanceof TableRow) {
          row(child, to);
          to.append('\n');
        } else if (child instanceof Block || !(child instanceof TableCell)) {
          rows(child, to);
        }
      }
    }

    private void row(Node row, StringBuilder to) {
      String between = "";
      for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
        to.append(between).append(cellText(cell));
        between = " | ";
      }
    }

    private String cellText(Node cell) {
      StringBuilder text = new StringBuilder();
      for (Node part = cell.getFirstChild(); part != null; part = part.getNext()) {
        text.append(renderer.render(part));
      }
      return text.toString().strip();
    }
  }
}
