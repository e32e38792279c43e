package dev.parley.orchestrator.conversation;

/** One earlier exchange: what the person said and what they heard of the reply. */
public record Exchange(String personText, String characterText) {}
