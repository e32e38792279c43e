package dev.parley.orchestrator.conversation;

import static dev.parley.orchestrator.conversation.Kept.ELSEWHERE;
import static dev.parley.orchestrator.conversation.Kept.NOW;
import static dev.parley.orchestrator.conversation.Kept.OTHER;
import static dev.parley.orchestrator.conversation.Kept.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import org.junit.jupiter.api.Test;

/** What every store of sessions does. */
public abstract class SessionStoreContract {
  /** An empty store. */
  protected abstract SessionStore sessions();

  @Test
  void keepsASessionForItsOwnerAlone() {
    SessionRecord kept = session(Owner.LOCAL, "s1", 0, "");
    assertThat(sessions().create(kept)).isEqualTo(kept);
    assertThat(sessions().find(Owner.LOCAL, "s1")).contains(kept);
    assertThat(sessions().find(OTHER, "s1")).isEmpty();
    assertThat(sessions().find(ELSEWHERE, "s1")).isEmpty();
    assertThat(sessions().list(OTHER, "", 10, "").items()).isEmpty();
    assertThat(sessions().list(ELSEWHERE, "", 10, "").items()).isEmpty();
  }

  @Test
  void aRepeatedRequestGivesTheSessionOfThen() {
    SessionRecord first = session(Owner.LOCAL, "s1", 0, "request");
    sessions().create(first);
    assertThat(sessions().create(session(Owner.LOCAL, "s2", 1, "request"))).isEqualTo(first);
    SessionRecord others = session(OTHER, "s3", 1, "request");
    assertThat(sessions().create(others)).isEqualTo(others);
  }

  @Test
  void listsNewestFirstInPages() {
    for (int i = 0; i < 5; i++) {
      sessions().create(session(Owner.LOCAL, "s" + i, i, ""));
    }
    var page = sessions().list(Owner.LOCAL, "ada", 3, "");
    assertThat(page.items()).extracting(SessionRecord::id).containsExactly("s4", "s3", "s2");
    var rest = sessions().list(Owner.LOCAL, "", 3, page.nextToken());
    assertThat(rest.items()).extracting(SessionRecord::id).containsExactly("s1", "s0");
    assertThat(rest.nextToken()).isEmpty();
    assertThat(sessions().list(Owner.LOCAL, "marcus", 3, "").items()).isEmpty();
    assertThatThrownBy(() -> sessions().list(Owner.LOCAL, "", 3, "nonsense"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("page_token");
  }

  @Test
  void touchesAndEnds() {
    sessions().create(session(Owner.LOCAL, "s1", 0, ""));
    sessions().touch(Owner.LOCAL, "s1", NOW.plusSeconds(5), 1, "Hello");
    sessions().touch(Owner.LOCAL, "s1", NOW.plusSeconds(6), 2, "Later");
    sessions().end(Owner.LOCAL, "s1", NOW.plusSeconds(7));
    SessionRecord kept = sessions().find(Owner.LOCAL, "s1").orElseThrow();
    assertThat(kept.title()).isEqualTo("Hello");
    assertThat(kept.turnCount()).isEqualTo(2);
    assertThat(kept.updateTime()).isEqualTo(NOW.plusSeconds(7));
    assertThat(kept.ended()).isTrue();
  }

  @Test
  void onlyTheOwnerDeletes() {
    sessions().create(session(Owner.LOCAL, "s1", 0, ""));
    assertThat(sessions().delete(OTHER, "s1")).isFalse();
    assertThat(sessions().delete(ELSEWHERE, "s1")).isFalse();
    assertThat(sessions().delete(Owner.LOCAL, "s1")).isTrue();
    assertThat(sessions().delete(Owner.LOCAL, "s1")).isFalse();
  }
}
