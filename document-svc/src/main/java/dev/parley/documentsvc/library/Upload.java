package dev.parley.documentsvc.library;

import java.util.List;

/** What is said about a file that is uploaded. */
public record Upload(String name, String collectionId, List<String> tags) {}
