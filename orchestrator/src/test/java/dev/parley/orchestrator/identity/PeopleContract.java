package dev.parley.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.identity.IdentityRules.SignUpRule;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people can do, whatever keeps it. */
public abstract class PeopleContract {
  private static final String GOOD = "tulip-crane-41-mossy";
  private static final String BETTER = "zvu8#kaelPQ-lagoon";
  private static final Visitor FAR = new Visitor("203.0.113.9", "curl/8");

  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final List<Post.Letter> letters = new ArrayList<>();
  private final List<Grant> grants = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private final ExternalForTests provider = new ExternalForTests();
  private boolean delivers = true;
  private People.Stores stores;
  private People people;

  /** Empty stores. */
  protected abstract People.Stores stores();

  @BeforeEach
  void open() {
    stores = stores();
    people = people(SignUpRule.OPEN);
  }

  @Test
  void whoSignsUpOwnsAnOrganisationAndSignsInAgain() {
    Tokens tokens = signUp("Mira@Example.org");
    assertThat(tokens.role()).isEqualTo(Role.OWNER);
    assertThat(tokens.organisation().displayName()).isEqualTo("Mira");
    assertThat(tokens.person().email()).isEqualTo("Mira@Example.org");
    assertThat(grants.getLast().role()).isEqualTo(Role.OWNER);
    Tokens again = signIn("mira@example.ORG", GOOD);
    assertThat(again.person()).isEqualTo(tokens.person());
    assertThat(again.organisation()).isEqualTo(tokens.organisation());
    assertThat(people.signIns().of(again.person().id()))
        .extracting(SignIn::userAgent)
        .containsExactly("curl/8", "curl/8");
  }

  @Test
  void anAddressIsTakenOnceWhateverItsCapitals() {
    signUp("mira@example.org");
    fails(() -> signUp("MIRA@example.org"), "ALREADY_EXISTS");
  }

  @Test
  void aWrongPasswordAndAnUnknownAddressLookTheSame() {
    signUp("mira@example.org");
    String known = message(() -> signIn("mira@example.org", BETTER));
    String unknown = message(() -> signIn("nobody@example.org", BETTER));
    assertThat(known).isEqualTo(unknown);
    fails(() -> signIn("local", GOOD), "SIGN_IN_FAILED");
    fails(() -> signIn("", GOOD), "SIGN_IN_FAILED");
  }

  @Test
  void afterFiveFailuresAlsoTheRightPasswordHasToWait() {
    signUp("mira@example.org");
    for (String email : new String[] {"mira@example.org", "nobody@example.org"}) {
      for (int i = 0; i < 5; i++) {
        fails(() -> signIn(email, BETTER), "SIGN_IN_FAILED");
      }
      assertThatThrownBy(() -> signIn(email, GOOD))
          .satisfies(
              it -> assertThat(((Failure) it).retryAfter()).contains(Duration.ofSeconds(30)));
    }
    now = now.plusSeconds(31);
    signIn("mira@example.org", GOOD);
    fails(() -> signIn("mira@example.org", BETTER), "SIGN_IN_FAILED");
    signIn("mira@example.org", GOOD);
  }

  @Test
  void anAddressThatTriesManyAccountsHasToWait() {
    for (int i = 0; i < 50; i++) {
      String email = "nobody" + i + "@example.org";
      fails(() -> signIn(email, BETTER), "SIGN_IN_FAILED");
    }
    fails(() -> signIn("nobody99@example.org", BETTER), "LOCKED_OUT");
    Visitor other = new Visitor("203.0.113.10", "");
    fails(
        () -> people.accounts().signIn("nobody98@example.org", BETTER, "", other),
        "SIGN_IN_FAILED");
  }

  @Test
  void aWeakHashIsMadeAnewAtTheNextSignIn() {
    Tokens tokens = signUp("mira@example.org");
    stores.people().setPassword(tokens.person().id(), "old:" + GOOD);
    signIn("mira@example.org", GOOD);
    assertThat(stores.people().find(tokens.person().id()).orElseThrow().passwordHash())
        .contains("plain:" + GOOD);
  }

  @Test
  void aRefreshTokenIsGoodOnceAndTwiceEndsTheSignIn() {
    String first = signUp("mira@example.org").refreshToken();
    Tokens second = people.signIns().refresh(first);
    assertThat(holds(grants.getLast())).isTrue();
    fails(() -> people.signIns().refresh(first), "TOKEN_INVALID");
    fails(() -> people.signIns().refresh(second.refreshToken()), "TOKEN_INVALID");
    assertThat(holds(grants.getLast())).isFalse();
    assertThat(people.signIns().of(second.person().id())).isEmpty();
  }

  @Test
  void aSignInLivesAsLongAsItIsRefreshed() {
    String refresh = signUp("mira@example.org").refreshToken();
    for (int i = 0; i < 5; i++) {
      now = now.plus(Duration.ofDays(29));
      refresh = people.signIns().refresh(refresh).refreshToken();
    }
    now = now.plus(Duration.ofDays(30));
    String late = refresh;
    fails(() -> people.signIns().refresh(late), "TOKEN_INVALID");
    fails(() -> people.signIns().refresh("prt_made-up"), "TOKEN_INVALID");
  }

  @Test
  void signingOutEndsOneSignInAndEverywhereEndsAllWithTheirAccessTokens() {
    String one = signUp("mira@example.org").refreshToken();
    Grant firstAccess = grants.getLast();
    String two = signIn("mira@example.org", GOOD).refreshToken();
    Grant secondAccess = grants.getLast();
    people.signIns().end(one, false);
    people.signIns().end(one, false);
    fails(() -> people.signIns().refresh(one), "TOKEN_INVALID");
    assertThat(holds(firstAccess)).isFalse();
    assertThat(holds(secondAccess)).isTrue();
    people.signIns().end(one, true);
    fails(() -> people.signIns().refresh(two), "TOKEN_INVALID");
    assertThat(holds(secondAccess)).isFalse();
    signIn("mira@example.org", GOOD);
    assertThat(holds(grants.getLast())).isTrue();
  }

  @Test
  void theLinkInTheLetterProvesTheAddressOnce() {
    Tokens tokens = signUp("mira@example.org");
    assertThat(letters.getLast().to()).isEqualTo("mira@example.org");
    String token = token(letters.getLast().text());
    people.links().verify(token, FAR);
    assertThat(people.accounts().person(actor(tokens)).orElseThrow().emailVerified()).isTrue();
    fails(() -> people.links().verify(token, FAR), "TOKEN_INVALID");
    people.accounts().requestVerification(actor(tokens));
    assertThat(letters).hasSize(1);
  }

  @Test
  void aForgottenPasswordIsSetByALinkThatEndsAllSignIns() {
    Tokens tokens = signUp("mira@example.org");
    people.accounts().requestReset("nobody@example.org", FAR);
    assertThat(letters).hasSize(1);
    people.accounts().requestReset("MIRA@example.org", FAR);
    String token = token(letters.getLast().text());
    assertThatThrownBy(() -> people.links().reset(token, "password12", FAR))
        .hasMessageContaining("many people use it");
    fails(() -> people.links().verify(token, FAR), "TOKEN_INVALID");
    people.links().reset(token, BETTER, FAR);
    fails(() -> people.links().reset(token, BETTER, FAR), "TOKEN_INVALID");
    fails(() -> people.signIns().refresh(tokens.refreshToken()), "TOKEN_INVALID");
    fails(() -> signIn("mira@example.org", GOOD), "SIGN_IN_FAILED");
    assertThat(signIn("mira@example.org", BETTER).person().emailVerified()).isTrue();
  }

  @Test
  void aLinkEndsAfterAWhileAndOnlyTheNewestOfManyIsGood() {
    signUp("mira@example.org");
    people.accounts().requestReset("mira@example.org", FAR);
    String old = token(letters.getLast().text());
    now = now.plus(Duration.ofMinutes(61));
    fails(() -> people.links().reset(old, BETTER, FAR), "TOKEN_INVALID");
    people.accounts().requestReset("mira@example.org", FAR);
    people.links().reset(token(letters.getLast().text()), BETTER, FAR);
  }

  @Test
  void nobodyIsSentManyLetters() {
    signUp("mira@example.org");
    for (int i = 0; i < 20; i++) {
      people.accounts().requestReset("mira@example.org", Visitor.HERE);
    }
    assertThat(letters.size()).isBetween(2, 5);
  }

  @Test
  void aNewPasswordEndsAllOtherSignIns() {
    Tokens tokens = signUp("mira@example.org");
    fails(
        () -> people.accounts().changePassword(actor(tokens), BETTER, BETTER, FAR),
        "SIGN_IN_FAILED");
    Tokens after = people.accounts().changePassword(actor(tokens), GOOD, BETTER, FAR);
    fails(() -> people.signIns().refresh(tokens.refreshToken()), "TOKEN_INVALID");
    people.signIns().refresh(after.refreshToken());
    signIn("mira@example.org", BETTER);
  }

  @Test
  void namesAndLanguageChangeAndWhatIsNotSaidStays() {
    Tokens tokens = signUp("mira@example.org");
    people.accounts().update(actor(tokens), "Mira Stone", "");
    people.accounts().update(actor(tokens), "", "pt-BR");
    Person person = people.accounts().person(actor(tokens)).orElseThrow();
    assertThat(person.displayName()).isEqualTo("Mira Stone");
    assertThat(person.language()).isEqualTo("pt-BR");
  }

  @Test
  void whoIsInvitedJoinsTheOrganisationThatInvited() {
    Tokens owner = signUp("mira@example.org");
    var invited =
        people.invitations().create(actor(owner), "Noor@example.org", Role.EDITOR, "request-1");
    assertThat(invited.link()).isEmpty();
    String token = token(letters.getLast().text());
    assertThat(
            people.invitations().create(actor(owner), "Noor@example.org", Role.EDITOR, "request-1"))
        .isEqualTo(new Invitations.Invited(invited.invitation(), ""));
    fails(() -> signUp("other@example.org", token), "TOKEN_INVALID");
    Tokens joined = signUp("noor@example.org", token);
    assertThat(joined.organisation()).isEqualTo(owner.organisation());
    assertThat(joined.role()).isEqualTo(Role.EDITOR);
    fails(() -> signUp("noor2@example.org", token), "TOKEN_INVALID");
    assertThat(people.invitations().list(actor(owner))).isEmpty();
    assertThat(people.organisations().members(actor(owner), "", 10).members())
        .extracting(it -> it.person().displayName() + " " + it.role())
        .containsExactly("Mira OWNER", "noor EDITOR");
    fails(
        () -> people.invitations().create(actor(owner), "NOOR@example.org", Role.EDITOR, ""),
        "ALREADY_EXISTS");
  }

  @Test
  void whoHasAnAccountJoinsWithItAndSwitchesBetweenOrganisations() {
    delivers = false;
    Tokens owner = signUp("mira@example.org");
    Tokens noor = signUp("noor@example.org");
    String link =
        people.invitations().create(actor(owner), "noor@example.org", Role.MEMBER, "").link();
    Tokens joined = people.invitations().accept(actor(noor), token(link), FAR);
    assertThat(joined.organisation()).isEqualTo(owner.organisation());
    assertThat(people.organisations().of(actor(noor)))
        .extracting(Joined::role)
        .containsExactlyInAnyOrder(Role.OWNER, Role.MEMBER);
    Tokens home = people.signIns().enter(actor(joined), noor.organisation().id(), FAR);
    assertThat(home.role()).isEqualTo(Role.OWNER);
    fails(
        () -> people.signIns().enter(actor(owner), noor.organisation().id(), FAR),
        "ORGANISATION_NOT_FOUND");
    fails(
        () -> people.accounts().signIn("mira@example.org", GOOD, noor.organisation().id(), FAR),
        "ORGANISATION_NOT_FOUND");
  }

  @Test
  void anInvitationEndsWhenItIsTakenBackReplacedOrOld() {
    Tokens owner = signUp("mira@example.org");
    Actor actor = actor(owner);
    var first = people.invitations().create(actor, "noor@example.org", Role.EDITOR, "");
    String firstToken = token(letters.getLast().text());
    var second = people.invitations().create(actor, "noor@example.org", Role.VIEWER, "");
    String secondToken = token(letters.getLast().text());
    assertThat(people.invitations().list(actor)).containsExactly(second.invitation());
    fails(() -> signUp("noor@example.org", firstToken), "TOKEN_INVALID");
    fails(
        () -> people.invitations().revoke(actor, first.invitation().id()), "INVITATION_NOT_FOUND");
    now = now.plus(Duration.ofDays(8));
    fails(() -> signUp("noor@example.org", secondToken), "TOKEN_INVALID");
    assertThat(people.invitations().list(actor)).isEmpty();
    var third = people.invitations().create(actor, "noor@example.org", Role.VIEWER, "");
    Tokens stranger = signUp("stranger@example.org");
    fails(
        () -> people.invitations().revoke(actor(stranger), third.invitation().id()),
        "INVITATION_NOT_FOUND");
    people.invitations().revoke(actor, third.invitation().id());
    assertThat(people.invitations().list(actor)).isEmpty();
  }

  @Test
  void nobodyGivesOrTakesARoleAboveTheirOwn() {
    Tokens owner = signUp("mira@example.org");
    Tokens admin = invited(owner, "noor@example.org", Role.ADMIN);
    Actor actor = actor(admin);
    String boss = owner.person().id();
    fails(
        () -> people.invitations().create(actor, "x@example.org", Role.OWNER, ""),
        "PERMISSION_DENIED");
    fails(
        () -> people.organisations().setRole(actor, actor.personId(), Role.OWNER),
        "PERMISSION_DENIED");
    fails(() -> people.organisations().setRole(actor, boss, Role.VIEWER), "PERMISSION_DENIED");
    fails(() -> people.organisations().remove(actor, boss), "PERMISSION_DENIED");
    fails(() -> people.organisations().remove(actor, "made-up"), "MEMBER_NOT_FOUND");
  }

  @Test
  void theLastOwnerStaysUntilThereIsAnother() {
    Tokens owner = signUp("mira@example.org");
    Tokens other = invited(owner, "noor@example.org", Role.ADMIN);
    Actor actor = actor(owner);
    fails(() -> people.organisations().setRole(actor, actor.personId(), Role.ADMIN), "LAST_OWNER");
    fails(() -> people.organisations().remove(actor, actor.personId()), "LAST_OWNER");
    assertThat(people.organisations().setRole(actor, actor.personId(), Role.OWNER).role())
        .isEqualTo(Role.OWNER);
    people.organisations().setRole(actor, other.person().id(), Role.OWNER);
    people.organisations().remove(actor, actor.personId());
    assertThat(people.organisations().of(actor)).isEmpty();
  }

  @Test
  void whoseRoleChangesOrEndsHasNoAccessTokenOfBefore() {
    Tokens owner = signUp("mira@example.org");
    Tokens noor = invited(owner, "noor@example.org", Role.ADMIN);
    Grant access = grants.getLast();
    people.organisations().setRole(actor(owner), noor.person().id(), Role.VIEWER);
    assertThat(holds(access)).isFalse();
    Tokens next = people.signIns().refresh(noor.refreshToken());
    assertThat(next.role()).isEqualTo(Role.VIEWER);
    people.organisations().remove(actor(owner), noor.person().id());
    fails(() -> people.signIns().refresh(next.refreshToken()), "TOKEN_INVALID");
  }

  @Test
  void whoWasRemovedEverywhereBeginsAnewOnlyWhereAnybodyMay() {
    Tokens owner = signUp("mira@example.org");
    Tokens noor = invited(owner, "noor@example.org", Role.MEMBER);
    people.organisations().remove(actor(owner), noor.person().id());
    People invitedOnly = people(SignUpRule.INVITED);
    fails(
        () -> invitedOnly.accounts().signIn("noor@example.org", GOOD, "", FAR),
        "PERMISSION_DENIED");
    Tokens again = signIn("noor@example.org", GOOD);
    assertThat(again.organisation()).isNotEqualTo(owner.organisation());
    assertThat(again.role()).isEqualTo(Role.OWNER);
  }

  @Test
  void membersComeByNameInPages() {
    Tokens owner = signUp("mira@example.org");
    for (String name : new String[] {"zoe", "Bo", "al", "bo"}) {
      String address = name + (name.equals("bo") ? "2" : "") + "@example.org";
      people.invitations().create(actor(owner), address, Role.VIEWER, "");
      String token = token(letters.getLast().text());
      people.accounts().signUp(new Accounts.SignUp(address, GOOD, name, "", token), Visitor.HERE);
    }
    List<String> names = new ArrayList<>();
    String page = "";
    do {
      var found = people.organisations().members(actor(owner), page, 2);
      found.members().forEach(it -> names.add(it.person().displayName()));
      page = found.nextPageToken();
    } while (!page.isEmpty());
    assertThat(names).containsExactly("al", "Bo", "bo", "Mira", "zoe");
    assertThatThrownBy(() -> people.organisations().members(actor(owner), "%%", 2))
        .hasMessageContaining("page_token");
  }

  @Test
  void anOrganisationChangesAndEndsWithEverythingInIt() {
    Tokens owner = signUp("mira@example.org");
    Actor actor = actor(owner);
    var renamed = people.organisations().update(actor, "Stone & Co", Optional.of(true));
    assertThat(people.organisations().get(actor)).isEqualTo(renamed);
    assertThat(people.organisations().update(actor, "", Optional.empty())).isEqualTo(renamed);
    assertThatThrownBy(() -> people.organisations().delete(actor, "Stone"))
        .hasMessageContaining("display_name");
    people.organisations().delete(actor, "Stone & Co");
    assertThat(ended).containsExactly(actor.organisationId() + " " + actor.personId());
    fails(() -> people.organisations().get(actor), "ORGANISATION_NOT_FOUND");
    fails(() -> people.signIns().refresh(owner.refreshToken()), "TOKEN_INVALID");
    Actor local = new Actor("local", "local", Role.OWNER, "");
    fails(() -> people.organisations().delete(local, "This machine"), "FORBIDDEN");
    assertThat(people.accounts().person(local)).isPresent();
  }

  @Test
  void aRepeatedRequestMakesOneOrganisation() {
    Actor actor = actor(signUp("mira@example.org"));
    Organisation one = people.organisations().create(actor, "Second", "request-1");
    assertThat(people.organisations().create(actor, "Other", "request-1")).isEqualTo(one);
    people.organisations().create(actor, "Third", "");
    people.organisations().create(actor, "Third", "");
    assertThat(people.organisations().of(actor))
        .extracting(it -> it.organisation().displayName() + " " + it.role())
        .containsExactly("Mira OWNER", "Second OWNER", "Third OWNER", "Third OWNER");
  }

  @Test
  void whereOnlyInvitedPeopleMayNobodyElseSignsUp() {
    Tokens owner = signUp("mira@example.org");
    people.invitations().create(actor(owner), "noor@example.org", Role.MEMBER, "");
    String token = token(letters.getLast().text());
    people = people(SignUpRule.CLOSED);
    fails(() -> signUp("noor@example.org", token), "SIGN_UP_CLOSED");
    people = people(SignUpRule.INVITED);
    fails(() -> signUp("noor@example.org"), "SIGN_UP_CLOSED");
    signUp("noor@example.org", token);
  }

  @Test
  void whomAProviderVouchesForSignsInWithoutAPassword() {
    Tokens first = elsewhere("subject-1", "noor@example.org", true);
    assertThat(first.person().emailVerified()).isTrue();
    assertThat(first.role()).isEqualTo(Role.OWNER);
    Tokens again = elsewhere("subject-1", "changed@example.org", false);
    assertThat(again.person().id()).isEqualTo(first.person().id());
    fails(() -> signIn("noor@example.org", GOOD), "SIGN_IN_FAILED");
    fails(() -> elsewhere("subject-2", "x@example.org", false), "SIGN_IN_FAILED");
    fails(() -> elsewhere("subject-2", "", true), "SIGN_IN_FAILED");
  }

  @Test
  void anAccountElsewhereIsJoinedOnlyToAnAddressThatWasProven() {
    Tokens mira = signUp("mira@example.org");
    fails(() -> elsewhere("subject-1", "mira@example.org", true), "SIGN_IN_FAILED");
    people.links().verify(token(letters.getLast().text()), FAR);
    assertThat(elsewhere("subject-1", "MIRA@example.org", true).person().id())
        .isEqualTo(mira.person().id());
    signIn("mira@example.org", GOOD);
  }

  @Test
  void aStateIsGoodOnceAndForAWhileAndTheBrowserComesBackHere() {
    var started = people.openId().start("other", "https://parley.example/back", FAR);
    provider.vouched = new OpenIdProvider.Vouched("s", "noor@example.org", true, "Noor");
    people.openId().finish(started.state(), "code", FAR);
    fails(() -> people.openId().finish(started.state(), "code", FAR), "SIGN_IN_FAILED");
    fails(() -> people.openId().finish("made-up", "code", FAR), "SIGN_IN_FAILED");
    var late = people.openId().start("other", "https://parley.example/back", FAR);
    now = now.plus(Duration.ofMinutes(11));
    fails(() -> people.openId().finish(late.state(), "code", FAR), "SIGN_IN_FAILED");
    fails(
        () -> people.openId().start("nobody", "https://parley.example/", FAR),
        "PROVIDER_NOT_FOUND");
    for (String elsewhere :
        new String[] {
          "https://evil.example/",
          "https://parley.example.evil.example/",
          "https://parley.example@evil.example/",
          "https://u@parley.example/",
          "http://parley.example/",
          "https://parley.example:444/",
          "javascript:alert(1)",
          "//parley.example/",
          "not an address"
        }) {
      fails(() -> people.openId().start("other", elsewhere, FAR), "INVALID_ARGUMENT");
    }
  }

  @Test
  void whatIsGoodForNothingIsSweptAway() {
    Tokens tokens = signUp("mira@example.org");
    people.accounts().requestReset("mira@example.org", FAR);
    people.openId().start("other", "https://parley.example/back", FAR);
    now = now.plus(Duration.ofDays(60));
    people.sweep();
    fails(() -> people.signIns().refresh(tokens.refreshToken()), "TOKEN_INVALID");
    signIn("mira@example.org", GOOD);
  }

  private Tokens elsewhere(String subject, String email, boolean verified) {
    var started = people.openId().start("other", "https://parley.example/back", FAR);
    provider.vouched = new OpenIdProvider.Vouched(subject, email, verified, "Noor");
    return people.openId().finish(started.state(), "code", FAR);
  }

  private Tokens invited(Tokens owner, String email, Role role) {
    people.invitations().create(actor(owner), email, role, "");
    return signUp(email, token(letters.getLast().text()));
  }

  private Tokens signUp(String email) {
    return signUp(email, "");
  }

  private Tokens signUp(String email, String invitation) {
    String name = email.toLowerCase(java.util.Locale.ROOT).startsWith("mira") ? "Mira" : "";
    return people.accounts().signUp(new Accounts.SignUp(email, GOOD, name, "", invitation), FAR);
  }

  private Tokens signIn(String email, String password) {
    return people.accounts().signIn(email, password, "", FAR);
  }

  private boolean holds(Grant it) {
    return stores.signIns().holds(it.credentialId(), it.subject(), it.generation());
  }

  private static Actor actor(Tokens tokens) {
    return new Actor(tokens.person().id(), tokens.organisation().id(), tokens.role(), "");
  }

  private static String token(String text) {
    return text.replaceFirst("(?s).*#[a-z]+=(\\S+).*", "$1");
  }

  private static void fails(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOf(Failure.class)
        .satisfies(it -> assertThat(((Failure) it).reason()).isEqualTo(reason));
  }

  private static String message(ThrowingCallable call) {
    Failure failure = org.assertj.core.api.Assertions.catchThrowableOfType(Failure.class, call);
    return failure.code() + " " + failure.reason() + " " + failure.getMessage();
  }

  private People people(SignUpRule signUp) {
    var world =
        new People.World(
            new PlainHash(),
            grant -> {
              grants.add(grant);
              return new AccessTokens.Signed("access", now.plus(grant.lifetime()));
            },
            new CollectedPost(letters, () -> delivers),
            List.of(provider),
            (organisation, them) -> them.forEach(it -> ended.add(organisation + " " + it)),
            AuditTrail.NONE,
            Ids::next,
            () -> now,
            Runnable::run);
    var rules = new IdentityRules(signUp, true, Duration.ofMinutes(10), Duration.ofDays(30));
    return new People(stores, world, rules, URI.create("https://parley.example/"));
  }
}
