package dev.parley.documentsvc.library;

import java.util.List;

/**
 * A page of a PDF; of other formats a section.
 *
 * @param number physical number, from 1
 * @param label the number printed on it; empty where it has none
 * @param text in reading order, without running headers and footers
 * @param headings that stand on it, in order
 * @param layout where its words stand; empty where it has no picture
 */
public record Page(int number, String label, String text, List<Heading> headings, Layout layout) {}
