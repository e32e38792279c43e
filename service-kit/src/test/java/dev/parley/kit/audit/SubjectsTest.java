package dev.parley.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.v1.CreateApiKeyRequest;
import dev.parley.identity.v1.Organisation;
import dev.parley.identity.v1.Person;
import dev.parley.identity.v1.SignInRequest;
import dev.parley.identity.v1.SignUpResponse;
import dev.parley.identity.v1.Tokens;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Owner;
import org.junit.jupiter.api.Test;

/** In whose log a call is, by what is seen of it. */
class SubjectsTest {
  private final Sighting seen = new Sighting();

  @Test
  void whoSignsUpAtTheMachineItselfIsInTheLogOfTheirOwnOrganisation() {
    seen.saw(new Caller(Identity.machine(), "r1", true));
    seen.sawAnswer(signedUp());
    assertThat(who("SignUp")).isEqualTo("acme/ann");
  }

  @Test
  void whoSignsUpFromElsewhereIsToo() {
    seen.saw(new Caller(Identity.nobody(), "r1", true));
    seen.sawAnswer(signedUp());
    assertThat(who("SignUp")).isEqualTo("acme/ann");
  }

  @Test
  void whoIsSomebodyAlreadyIsTheOneWhoDidIt() {
    seen.saw(new Caller(new Owner("other", "olga"), "r1", true));
    seen.sawAnswer(signedUp());
    assertThat(who("SwitchOrganisation")).isEqualTo("other/olga");
  }

  @Test
  void whatFailsAtTheMachineIsInTheLogOfTheMachine() {
    seen.saw(new Caller(Identity.machine(), "r1", true));
    seen.sawRequest(SignInRequest.getDefaultInstance());
    assertThat(who("SignIn")).isEqualTo("local/local");
  }

  @Test
  void whatNobodyDidIsInNobodysLog() {
    seen.sawRequest(CreateApiKeyRequest.getDefaultInstance());
    assertThat(who("CreateApiKey")).isEqualTo("/");
  }

  private String who(String method) {
    Subjects it = Subjects.of(method, seen);
    return it.organisationId() + "/" + it.personId();
  }

  private static SignUpResponse signedUp() {
    return SignUpResponse.newBuilder()
        .setTokens(
            Tokens.newBuilder()
                .setPerson(Person.newBuilder().setId("ann"))
                .setOrganisation(Organisation.newBuilder().setId("acme")))
        .build();
  }
}
