package dev.parley.orchestrator.identity;

import java.util.Optional;

/**
 * A person with what proves who it is.
 *
 * @param passwordHash absent for who signs in elsewhere
 * @param generation rises when all access tokens that were given out end
 * @param lastOrganisationId where the person was last; empty for nowhere
 */
public record Account(
    Person person, Optional<String> passwordHash, long generation, String lastOrganisationId) {}
