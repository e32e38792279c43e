package dev.parley.orchestrator.conversation;

/** Something an answer can rest on, and say so. */
public sealed interface Source permits Passage, Recalled {}
