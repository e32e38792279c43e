package dev.parley.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  @ParameterizedTest
  @CsvSource({
    "22021, INVALID_ARGUMENT",
    "22008, INTERNAL",
    "23502, INTERNAL",
    "23503, NOT_FOUND",
    "23505, ALREADY_EXISTS",
    "08006, STORE_FAILED",
    "53100, STORE_FAILED",
    "57P01, STORE_FAILED",
    "40001, STORE_FAILED",
    "42501, STORE_FAILED",
  })
  void whatIsRefusedForGoodIsNoOutage(String state, String reason) {
    var told = new IllegalStateException(new SQLException("it says why", state));
    assertThat(Faults.failure(told).reason()).isEqualTo(reason);
  }
}
