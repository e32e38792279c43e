package dev.parley.rendersvc;

/** Settings for tests: the avatars of the repository. */
final class TestSettings implements RenderSettings {
  static final RenderSettings OF_THE_REPOSITORY = new TestSettings();

  @Override
  public String avatarsDir() {
    return "../avatars/models";
  }

  @Override
  public int threads() {
    return 2;
  }
}
