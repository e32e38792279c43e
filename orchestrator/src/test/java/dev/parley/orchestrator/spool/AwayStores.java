package dev.parley.orchestrator.spool;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.MediaStore;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stores in memory that are there or not, as a test says. */
final class AwayStores {
  final Map<String, TurnRecord> turns = new ConcurrentHashMap<>();
  final Map<String, byte[]> media = new ConcurrentHashMap<>();
  final Set<String> deleted = ConcurrentHashMap.newKeySet();
  final Set<Long> callers = ConcurrentHashMap.newKeySet();
  volatile boolean away;
  volatile String refused = "";
  volatile Set<String> sessions = Set.of("s1", "s2");

  private void there() {
    callers.add(Thread.currentThread().threadId());
    if (away) {
      throw failed();
    }
  }

  private static Failure failed() {
    return Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "it is not there");
  }

  /** Only what the spool calls. */
  TurnStore turnStore() {
    return proxy(
        TurnStore.class,
        (method, arguments) -> {
          there();
          if (method.equals("save")) {
            TurnRecord turn = (TurnRecord) arguments[0];
            if (turn.id().equals(refused)) {
              throw failed();
            }
            turns.put(turn.id(), turn);
            return null;
          }
          return Optional.ofNullable(turns.get((String) arguments[1]))
              .filter(it -> it.owner().equals(arguments[0]));
        });
  }

  SessionStore sessionStore() {
    return proxy(
        SessionStore.class,
        (_, arguments) -> {
          there();
          String id = (String) arguments[1];
          return sessions.contains(id)
              ? Optional.of(session((Owner) arguments[0], id))
              : Optional.empty();
        });
  }

  MediaStore mediaStore() {
    return new MediaStore() {
      @Override
      public void put(String key, byte[] bytes, String contentType) {
        there();
        media.put(key, bytes);
      }

      @Override
      public Optional<Info> stat(String key) {
        there();
        return Optional.ofNullable(media.get(key)).map(it -> new Info(it.length, "audio/wav"));
      }

      @Override
      public InputStream read(String key, long offset, long length) {
        there();
        return new ByteArrayInputStream(media.get(key), (int) offset, (int) length);
      }

      @Override
      public void deleteAll(String prefix) {
        there();
        deleted.add(prefix);
        media.keySet().removeIf(it -> it.startsWith(prefix));
      }
    };
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  @SuppressWarnings("unchecked")
  private static <T> T proxy(Class<T> type, Answer answer) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> answer.to(method.getName(), arguments));
  }

  private static SessionRecord session(Owner owner, String id) {
    return new SessionRecord(
        id, owner, "ada", "", "en", "", "", "", Instant.EPOCH, Instant.EPOCH, 0, false);
  }
}
