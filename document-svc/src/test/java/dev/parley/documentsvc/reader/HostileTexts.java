package dev.parley.documentsvc.reader;

import dev.parley.documentsvc.library.Format;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Pages, Markdown and texts that are deeper, longer or stranger than they look. */
final class HostileTexts {
  private HostileTexts() {}

  static void addTo(HostileFiles to) {
    pages(to);
    markdown(to);
    texts(to);
  }

  private static void pages(HostileFiles to) {
    to.add("elements 200,000 deep", Format.HTML, "<html>" + "<div>".repeat(200_000) + "words");
    to.add("300,000 open paragraphs", Format.HTML, "<html>" + "<p>a<b>".repeat(300_000));
    to.add(
        "an attribute of 20 MB",
        Format.HTML,
        "<html><p title='" + "x".repeat(20_000_000) + "'>words");
    to.add("a comment without an end", Format.HTML, "<html>words<!--" + "x".repeat(10_000_000));
    to.add("a million entities", Format.HTML, "<html><p>" + "&amp;&#x110000;&lt".repeat(1_000_000));
    to.add("tables 5,000 deep", Format.HTML, "<html>" + "<table><tr><td>a".repeat(5_000));
    to.add("badly nested formats", Format.HTML, "<html>" + "<b><i><p></b></i>x".repeat(20_000));
    to.add("zeros and controls", Format.HTML, "<html>\0\u0001<p>\0words\u0007</p>");
    to.add("plain text that never ends", Format.HTML, "<html><plaintext>" + "<p>".repeat(500_000));
    to.add("a million attributes", Format.HTML, "<html><p " + "a=b ".repeat(1_000_000) + ">words");
    to.add("a select of a million", Format.HTML, "<html><select>" + "<option>a".repeat(300_000));
  }

  private static void markdown(HostileFiles to) {
    to.add("quotes 100,000 deep", Format.MARKDOWN, ">".repeat(100_000) + " words");
    to.add("lists 2,000 deep", Format.MARKDOWN, nested(2_000));
    to.add(
        "100,000 brackets", Format.MARKDOWN, "# A\n" + "[".repeat(100_000) + "]".repeat(100_000));
    to.add("200,000 stars", Format.MARKDOWN, "# A\n" + "*a **a ".repeat(100_000));
    to.add("200,000 ticks", Format.MARKDOWN, "# A\n" + "`a``b".repeat(100_000));
    to.add("code without an end", Format.MARKDOWN, "```\n" + "x\n".repeat(1_000_000));
    to.add(
        "a table of 100,000 columns",
        Format.MARKDOWN,
        "|a".repeat(100_000) + "|\n" + "|-".repeat(100_000) + "|\n" + "|b".repeat(100_000) + "|\n");
    to.add("a line of 20 MB", Format.MARKDOWN, "# A\n" + "x".repeat(20_000_000));
    to.add("links of links", Format.MARKDOWN, "![".repeat(30_000) + "a" + "](b)".repeat(30_000));
  }

  private static String nested(int deep) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < deep; i++) {
      text.append(" ".repeat(2 * i)).append("- a\n");
    }
    return text.toString();
  }

  private static void texts(HostileFiles to) {
    to.add("a word of 30 MB", Format.TXT, "x".repeat(30_000_000));
    to.add("nothing but ends of lines", Format.TXT, "\n".repeat(10_000_000) + "words");
    to.add("nothing but blanks", Format.TXT, " ".repeat(1_000_000));
    to.add("bytes at random", Format.TXT, random(2_000_000));
    to.add(
        "halves of pairs",
        Format.TXT,
        "\uFEFFa\uD800b\uDC00c".repeat(10_000).getBytes(StandardCharsets.UTF_16BE));
    to.add("marks that turn the text round", Format.TXT, "\u202E\u2066words\u200F ".repeat(50_000));
    to.add("accents 100,000 high", Format.TXT, "a" + "\u0301".repeat(100_000));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }
}
