package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.conversation.SessionStoreContract;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresSessionStoreTest extends SessionStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private final PostgresDatabase database = PostgresForTests.fresh();
  private final PostgresSessionStore sessions =
      new PostgresSessionStore(database, Transcripts.PLAIN);

  @Override
  protected SessionStore sessions() {
    return sessions;
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTitleWithANulIsKeptWithoutIt() {
    var it =
        new SessionRecord("s1", Owner.LOCAL, "ada", "", "en", "t", "", "{}", NOW, NOW, 0, false);
    sessions.create(it);
    sessions.touch(Owner.LOCAL, "s1", NOW, 1, "a\0b");
    assertThat(sessions.find(Owner.LOCAL, "s1").orElseThrow().title()).isEqualTo("ab");
  }
}
