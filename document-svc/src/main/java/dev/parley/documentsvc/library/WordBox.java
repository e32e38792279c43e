package dev.parley.documentsvc.library;

/**
 * Where a word stands on a page's picture: shares of its width and height from the upper left.
 *
 * @param start first character in the page's text
 * @param end first character after it
 */
public record WordBox(int start, int end, float x, float y, float width, float height) {}
