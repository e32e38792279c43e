package dev.parley.documentsvc.reader;

import dev.parley.documentsvc.library.Format;
import java.util.List;

/** PDFs that are broken, strange or larger than they look. */
final class HostilePdfs {
  private static final String WORDS = "BT /F 12 Tf 72 700 Td (Some words.) Tj ET";

  private HostilePdfs() {}

  static void addTo(HostileFiles to) {
    brokenPdfs(to);
    strangePdfs(to);
    largePdfs(to);
  }

  private static void brokenPdfs(HostileFiles to) {
    to.add("only its first line", Format.PDF, "%PDF-1.7\n");
    to.add(
        "nothing but zeros after its first line", Format.PDF, "%PDF-1.7\n" + "\0".repeat(100_000));
    to.broken(Format.PDF, RawPdf.page(WORDS).bytes(), 8, 12);
  }

  private static RawPdf tree(String pages, String... more) {
    RawPdf pdf = new RawPdf().object("<</Type/Catalog/Pages 2 0 R>>").object(pages);
    for (String it : more) {
      pdf.object(it);
    }
    return pdf;
  }

  private static void strangePdfs(HostileFiles to) {
    to.add(
        "a tree of pages that is a circle",
        Format.PDF,
        tree("<</Type/Pages/Count 1/Kids[2 0 R 3 0 R]>>", "<</Type/Pages/Count 1/Kids[2 0 R]>>")
            .bytes());
    String page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>";
    to.add(
        "two billion pages, it says",
        Format.PDF,
        tree("<</Type/Pages/Count 2147483647/Kids[3 0 R]>>", page).bytes());
    to.add(
        "less than no pages",
        Format.PDF,
        tree("<</Type/Pages/Count -7/Kids[3 0 R]>>", page).bytes());
    to.add("no pages", Format.PDF, tree("<</Type/Pages/Count 0/Kids[]>>").bytes());
    RawPdf deep = new RawPdf().object("<</Type/Catalog/Pages 2 0 R>>");
    for (int i = 3; i < 6_000; i++) {
      deep.object("<</Type/Pages/Count 1/Kids[" + i + " 0 R]>>");
    }
    to.add("a tree of pages 6,000 deep", Format.PDF, deep.object(page).bytes());
    to.add("arrays 200,000 deep", Format.PDF, RawPdf.page("[".repeat(200_000)).bytes());
    to.add(
        "dictionaries 200,000 deep",
        Format.PDF,
        tree("<</Type/Pages/Count 1/Kids[3 0 R]>>", "<</A".repeat(200_000)).bytes());
    to.add(
        "a million saved states", Format.PDF, RawPdf.page("q ".repeat(1_000_000) + WORDS).bytes());
    to.add(
        "an outline that is a circle",
        Format.PDF,
        RawPdf.page("0 0 595 842", "/Outlines 6 0 R", "", RawPdf.latin(WORDS), "")
            .object("<</First 7 0 R/Last 7 0 R/Count 1>>")
            .object("<</Title(A)/Next 7 0 R/First 6 0 R/Parent 6 0 R/Dest[3 0 R/Fit]>>")
            .bytes());
    to.add(
        "a form that draws itself",
        Format.PDF,
        RawPdf.page("0 0 595 842", "", "/XObject<</X 6 0 R>>", RawPdf.latin("/X Do " + WORDS), "")
            .stream(
                "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>",
                RawPdf.latin("/X Do /X Do"))
            .bytes());
    to.add(
        "a table of objects that points at itself",
        Format.PDF,
        RawPdf.page(WORDS).bytes("/Prev 500"));
    to.add(
        "labels that are a circle",
        Format.PDF,
        RawPdf.page("0 0 595 842", "/PageLabels 6 0 R", "", RawPdf.latin(WORDS), "")
            .object("<</Kids[6 0 R 6 0 R]>>")
            .bytes());
    for (String box :
        List.of(
            "0 0 1e30 1e30",
            "0 0 -5 -5",
            "0 0 0 0",
            "-9e9 -9e9 9e9 9e9",
            "a b c d",
            "0 0 14400000 3")) {
      to.add(
          "a page of " + box,
          Format.PDF,
          RawPdf.page(box, "", "", RawPdf.latin(WORDS), "").bytes());
    }
  }

  private static void largePdfs(HostileFiles to) {
    to.add(
        "a content of 500 MB packed",
        Format.PDF,
        RawPdf.page("0 0 595 842", "", "", RawPdf.bomb(500, 1), "/Filter/FlateDecode").bytes());
    to.add(
        "a content of 500 MB packed twice",
        Format.PDF,
        RawPdf.page("0 0 595 842", "", "", RawPdf.bomb(500, 2), "/Filter[/FlateDecode/FlateDecode]")
            .bytes());
    to.add(
        "a page of a million glyphs",
        Format.PDF,
        RawPdf.page("BT /F 1 Tf " + "1 0 Td (0123456789) Tj ".repeat(100_000) + "ET").bytes());
    to.add(
        "a string of 5 MB",
        Format.PDF,
        RawPdf.page("BT /F 1 Tf (" + "x".repeat(5_000_000) + ") Tj ET").bytes());
    to.add(
        "a picture of ten billion points",
        Format.PDF,
        RawPdf.page("0 0 595 842", "", "/XObject<</X 6 0 R>>", RawPdf.latin("/X Do"), "").stream(
                "/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode",
                RawPdf.bomb(1, 1))
            .bytes());
  }
}
