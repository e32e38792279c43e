package dev.parley.orchestrator.identity;

import java.time.Instant;

/** A person in an organisation. */
public record Member(Person person, Role role, Instant joinTime) {}
