package dev.parley.documentsvc.library;

/** A rectangle on a page's picture, as shares of its width and height from the upper left. */
public record Mark(float x, float y, float width, float height) {}
