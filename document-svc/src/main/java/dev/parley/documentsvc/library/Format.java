package dev.parley.documentsvc.library;

/** What a file is. */
public enum Format {
  /** Portable document format. */
  PDF("application/pdf", true),
  /** Office Open XML text. */
  DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", false),
  /** Plain text. */
  TXT("text/plain", false),
  /** CommonMark. */
  MARKDOWN("text/markdown", false),
  /** HTML. */
  HTML("text/html", false);

  private final String mediaType;
  private final boolean paged;

  Format(String mediaType, boolean paged) {
    this.mediaType = mediaType;
    this.paged = paged;
  }

  /** Its media type. */
  public String mediaType() {
    return mediaType;
  }

  /** Whether it has pages of its own, with pictures; the others get sections. */
  public boolean isPaged() {
    return paged;
  }
}
