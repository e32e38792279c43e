package dev.parley.orchestrator.identity;

/** A provider that vouches for whomever the test says. */
final class ExternalForTests implements OpenIdProvider {
  Vouched vouched = new Vouched("nobody", "", false, "");

  @Override
  public String id() {
    return "other";
  }

  @Override
  public String displayName() {
    return "Other";
  }

  @Override
  public String authorisationUri(Attempt attempt) {
    return "https://other.example/authorise?state=" + attempt.state();
  }

  @Override
  public Vouched redeem(Attempt attempt, String code) {
    return vouched;
  }
}
