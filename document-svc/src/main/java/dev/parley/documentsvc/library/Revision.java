package dev.parley.documentsvc.library;

/**
 * One reading of a document, and whose it is.
 *
 * @param organisation that holds the document
 * @param document its id
 * @param number from 1, rising
 */
public record Revision(String organisation, String document, int number) {}
