package dev.parley.documentsvc.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
  @Test
  void theStoreIsAskedForItsOwnKeysOrForOneOfAKeyManagement() {
    String header = "x-amz-server-side-encryption";
    var own = Encryption.of(Optional.of("AES256"), "http://store").orElseThrow();
    assertThat(own.headers().getFirst(header)).isEqualTo("AES256");
    var managed = Encryption.of(Optional.of("aws:kms:mine"), "https://store").orElseThrow();
    assertThat(managed.headers().getFirst(header)).isEqualTo("aws:kms");
    assertThat(Encryption.of(Optional.empty(), "http://store")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes", "aws:kms:", "aws:kms:mine"})
  void anythingElseIsRefusedWithTheSettingAndSoIsAKeyWithoutTls(String setting) {
    assertThatThrownBy(() -> Encryption.of(Optional.of(setting), "http://store"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("document.s3-encryption");
  }
}
