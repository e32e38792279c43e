package dev.parley.documentsvc.library;

import java.util.List;

/**
 * How far a document is.
 *
 * @param done units of the stage that are done: pages read, passages indexed
 * @param total units of the stage; 0 while not known
 * @param failure why it failed, for people; else empty
 * @param reason the reason by name; else empty
 * @param warnings what a ready document lacks, for people
 * @param attempts tries of this stage
 */
public record Progress(
    Stage stage,
    int done,
    int total,
    String failure,
    String reason,
    List<String> warnings,
    int attempts) {
  /** Of a file that was just kept. */
  public static final Progress STORED = new Progress(Stage.STORED, 0, 0, "", "", List.of(), 0);
}
