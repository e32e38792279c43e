package dev.parley.orchestrator.conversation;

/** A mouth shape (one of the fifteen of the contract), when it is held, and the phone behind it. */
public record Viseme(String shape, Span span, String phone) {}
