package dev.parley.orchestrator.identity;

/** An organisation as one of its members sees it. */
public record Joined(Organisation organisation, Role role) {}
