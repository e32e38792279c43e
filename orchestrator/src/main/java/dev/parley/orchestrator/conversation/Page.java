package dev.parley.orchestrator.conversation;

import java.util.List;

/** A page of a list; {@code nextToken} is empty at the end and opaque otherwise. */
public record Page<T>(List<T> items, String nextToken) {}
