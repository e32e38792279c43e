package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.identity.usage.Count;
import dev.parley.orchestrator.identity.usage.Metered;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresUsageArchiveTest {
  private static final Instant NOW = Instant.parse("2026-11-21T13:45:00Z");

  private final PostgresDatabase database = PostgresForTests.fresh();
  private final PostgresUsageArchive archive = new PostgresUsageArchive(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void countsAreKeptByOrganisationAndMonthAndNeverGoDown() {
    archive.save("acme", "2026-11", Map.of(Metered.CALLS, 5L, Metered.TURNS, 2L), NOW);
    archive.save("acme", "2026-11", Map.of(Metered.CALLS, 4L), NOW.plusSeconds(10));
    assertThat(archive.find("acme", "2026-11"))
        .contains(new Count(Map.of(Metered.CALLS, 5L, Metered.TURNS, 2L), NOW.plusSeconds(10)));
    assertThat(archive.find("acme", "2026-12")).isEmpty();
    assertThat(archive.find("other", "2026-11")).isEmpty();
  }
}
