package dev.parley.documentsvc.library;

/** A piece of a page's text with its length in tokens. */
record Part(Page page, int start, int end, int tokens) {}
