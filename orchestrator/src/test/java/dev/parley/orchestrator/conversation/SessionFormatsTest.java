package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.character.AvatarSettings;
import dev.parley.orchestrator.character.Character;
import org.junit.jupiter.api.Test;

/** What picture a session asks the renderer for. */
class SessionFormatsTest {
  private static final SessionFormats NOTHING_ASKED = SessionFormats.DEFAULTS;

  @Test
  void aFilmIsFramedAsTheCharacterIsWhereTheSessionDoesNotSay() {
    Animator.Picture picture = picture(NOTHING_ASKED);
    assertThat(picture.framing()).isEqualTo("close");
    assertThat(picture.background()).isEqualTo("#102030");
  }

  @Test
  void whatTheSessionSaysGoesBeforeTheCharactersOwnAndIsKept() {
    SessionFormats d = NOTHING_ASKED;
    var asked =
        new SessionFormats(
            d.inputEncoding(),
            d.inputRateHz(),
            d.outputRateHz(),
            d.opus(),
            25,
            640,
            360,
            "#abcdef",
            "portrait",
            d.tiers());
    assertThat(picture(SessionFormats.decoded(asked.encoded())))
        .isEqualTo(new Animator.Picture(640, 360, "#abcdef", "portrait", d.outputRateHz()));
  }

  private static Animator.Picture picture(SessionFormats formats) {
    return formats.animation(ada(), 1, false, true, Pose.REST).picture().orElseThrow();
  }

  private static Character ada() {
    Character c = Character.named("ada", "Ada");
    return new Character(
        c.id(),
        c.displayName(),
        "",
        c.greeting(),
        c.language(),
        c.personaFacts(),
        c.agent(),
        c.voice(),
        new AvatarSettings("elena", "#102030", "close"),
        c.interruption(),
        c.idleTimeout(),
        c.collectionIds(),
        c.memoryRetention(),
        1,
        c.createTime(),
        c.updateTime(),
        false);
  }
}
