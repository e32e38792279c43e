package dev.parley.orchestrator.jose;

import dev.parley.orchestrator.identity.SigningKeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Signing keys in memory. */
final class KeptKeys implements SigningKeyStore {
  private final List<SigningKey> keys = new ArrayList<>();

  @Override
  public List<SigningKey> all() {
    return keys.stream().sorted(Comparator.comparing(SigningKey::createTime).reversed()).toList();
  }

  @Override
  public List<SigningKey> add(SigningKey key, Instant unlessSince) {
    if (keys.stream().allMatch(it -> it.createTime().isBefore(unlessSince))) {
      keys.add(key);
    }
    return all();
  }

  @Override
  public void forgetBefore(Instant time) {
    keys.removeIf(it -> it.createTime().isBefore(time));
  }
}
