package dev.parley.documentsvc.library;

/**
 * A part of a page.
 *
 * @param page physical page or section, from 1
 * @param label the number printed on it; empty where it has none
 * @param start first character in the page's text (UTF-16)
 * @param end first character after it
 */
public record Span(int page, String label, int start, int end) {}
