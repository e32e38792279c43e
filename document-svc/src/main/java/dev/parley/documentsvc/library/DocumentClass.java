package dev.parley.documentsvc.library;

/**
 * A class that documents of a collection may have: its name, and in a sentence what belongs to it.
 */
public record DocumentClass(String label, String description) {}
