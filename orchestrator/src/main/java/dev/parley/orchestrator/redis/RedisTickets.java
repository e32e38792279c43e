package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.identity.CredentialKind;
import dev.parley.orchestrator.identity.Identity;
import dev.parley.orchestrator.identity.Role;
import dev.parley.orchestrator.identity.key.TicketStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.params.SetParams;

/**
 * Tickets in Redis, which forgets them by itself. One command reads and deletes, so that one ticket
 * lets in one.
 */
public final class RedisTickets implements TicketStore {
  private static final String FIELD = "\u001f";
  private static final String ITEM = "\u001e";
  private static final int FIELDS = 8;

  private final RedisConnection redis;

  /** Over a connection, which stays the caller's. */
  public RedisTickets(RedisConnection redis) {
    this.redis = redis;
  }

  @Override
  public void put(String hash, Identity identity, Duration life) {
    var expiring = SetParams.setParams().px(life.toMillis());
    redis.run(it -> it.set(key(hash), write(identity), expiring));
  }

  @Override
  public Optional<Identity> take(String hash) {
    return Optional.ofNullable(redis.<String>run(it -> it.getDel(key(hash))))
        .map(RedisTickets::read);
  }

  private static String key(String hash) {
    return "parley:ticket:" + hash;
  }

  private static String write(Identity it) {
    return String.join(
        FIELD,
        it.personId(),
        Boolean.toString(it.serviceAccount()),
        it.organisationId(),
        it.role().name(),
        String.join(ITEM, it.permissions()),
        String.join(ITEM, it.characterIds()),
        it.credentialId(),
        it.kind().name());
  }

  private static Identity read(String text) {
    List<String> fields = Arrays.asList(text.split(FIELD, FIELDS));
    return new Identity(
        fields.get(0),
        Boolean.parseBoolean(fields.get(1)),
        fields.get(2),
        Role.valueOf(fields.get(3)),
        items(fields.get(4)),
        items(fields.get(5)),
        fields.get(6),
        CredentialKind.valueOf(fields.get(7)));
  }

  private static Set<String> items(String text) {
    return Arrays.stream(text.split(ITEM))
        .filter(it -> !it.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
