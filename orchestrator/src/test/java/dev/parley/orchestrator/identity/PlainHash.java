package dev.parley.orchestrator.identity;

/** No hash at all, so that tests are quick; counts how often it compares. */
final class PlainHash implements PasswordHash {
  int compared;

  @Override
  public String hash(String password) {
    return "plain:" + password;
  }

  @Override
  public String nobodys() {
    return "nobody's";
  }

  @Override
  public boolean fits(String password, String hash) {
    compared++;
    return hash.equals("plain:" + password) || hash.equals("old:" + password);
  }

  @Override
  public boolean isOutdated(String hash) {
    return hash.startsWith("old:");
  }
}
