package dev.parley.documentsvc.library;

/**
 * A heading.
 *
 * @param level depth, 1 is the top
 * @param page physical page or section, from 1
 * @param offset its first character in the page's text (UTF-16)
 */
public record Heading(String text, int level, int page, int offset) {}
