package dev.parley.orchestrator;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.Organisations;
import dev.parley.orchestrator.peers.LibraryRemoval;
import dev.parley.orchestrator.privacy.Erasures;
import java.util.List;
import java.util.Optional;

/**
 * What an ended organisation leaves behind: documents are removed before the answer, so that a
 * failure can be tried again; what people said is erased in the background, which goes on after a
 * crash.
 */
final class OrganisationBelongings implements Organisations.Belongings {
  private final Optional<LibraryRemoval> documents;
  private volatile Optional<Erasures> erasures = Optional.empty();

  OrganisationBelongings(Optional<LibraryRemoval> documents) {
    this.documents = documents;
  }

  /** People are forgotten there. */
  void erasedBy(Erasures them) {
    erasures = Optional.of(them);
  }

  /** Safe to repeat. */
  void removeDocuments(String organisationId) {
    documents.ifPresent(it -> it.run(organisationId));
  }

  @Override
  public void remove(String organisationId, List<String> personIds) {
    removeDocuments(organisationId);
    Erasures them =
        erasures.orElseThrow(() ->
            Failure.of(Failure.Code.FAILED_PRECONDITION, "FORBIDDEN", "nothing is forgotten here"));
    personIds.forEach(person -> them.forget(new Owner(organisationId, person), ""));
  }
}
