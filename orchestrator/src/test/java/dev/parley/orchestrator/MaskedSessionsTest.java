package dev.parley.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.kit.masking.PersonalData;
import dev.parley.orchestrator.conversation.SessionStore;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session is called, as it is kept. */
class MaskedSessionsTest {
  private final List<String> titles = new ArrayList<>();
  private final SessionStore sessions =
      new MaskedSessions(
          kept(),
          (owner, title) ->
              owner.organisationId().equals("shy") ? PersonalData.SPOKEN.blotted(title) : title);

  @Test
  void aTitleHoldsNoPersonalDataWhereTheOrganisationWantsNone() {
    touch("shy", "My card is 4111 1111 1111 1111 and");
    touch("open", "My card is 4111 1111 1111 1111 and");
    assertThat(titles.getFirst()).hasSize(34).startsWith("My card is ").doesNotContain("4111");
    assertThat(titles.getLast()).isEqualTo("My card is 4111 1111 1111 1111 and");
  }

  private void touch(String organisation, String title) {
    sessions.touch(new Owner(organisation, "ann"), "s1", Instant.EPOCH, 1, title);
  }

  private SessionStore kept() {
    return (SessionStore)
        Proxy.newProxyInstance(
            SessionStore.class.getClassLoader(),
            new Class<?>[] {SessionStore.class},
            (_, _, arguments) -> titles.add((String) arguments[4]) ? null : null);
  }
}
