package dev.parley.orchestrator.conversation;

/**
 * A passage of a document that fits a question.
 *
 * @param chunkId names the passage within the library
 * @param title what its document is called
 * @param page physical page or section from 1; 0 where there are none
 * @param pageLabel the number printed on the page; empty where it has none
 * @param cosine of the angle between the meanings of question and passage, -1 to 1; 0 where it was
 *     found by its words only
 */
public record Passage(
    String chunkId,
    String documentId,
    String title,
    int page,
    String pageLabel,
    String text,
    float cosine)
    implements Source {}
