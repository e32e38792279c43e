package dev.parley.orchestrator.identity.key;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.Role;
import java.util.Set;

/**
 * Who makes keys and accounts.
 *
 * @param permissions what the maker may do at this moment: the role's, met with the credential's
 * @param limited whether the credential allows less than the role
 */
public record Maker(Owner owner, Role role, Set<String> permissions, boolean limited) {}
