package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What every store of leases does, together with the log that they guard. */
public abstract class LeasesContract {
  /** A replica among others that live; it has shown life. */
  protected abstract Leases replica(String name);

  /** That replica shows life no more, and its time is over. */
  protected abstract void dies(String name) throws Exception;

  /** The log of all of them. */
  protected abstract EventLog log();

  @Test
  void aSessionHasOneOwnerUntilItLetsGo() {
    Leases a = replica("a");
    Leases b = replica("b");
    long token = held(a.claim("s"));
    assertThat(b.claim("s")).isEqualTo(new Leases.Claim.Elsewhere("a", "host-of-a"));
    a.release("s", token, false);
    assertThat(b.orphans(10)).isEmpty();
    assertThat(held(b.claim("s"))).isGreaterThan(token);
    a.release("s", token, true);
    assertThat(a.claim("s")).isEqualTo(new Leases.Claim.Elsewhere("b", "host-of-b"));
  }

  @Test
  void whatIsLetGoToBeGoneOnWithIsSeenByTheOthersOnce() {
    Leases a = replica("a");
    Leases b = replica("b");
    long token = held(a.claim("s"));
    assertThat(b.orphans(10)).isEmpty();
    a.release("s", token, true);
    assertThat(b.orphans(10)).containsExactly("s");
    held(b.claim("s"));
    assertThat(b.orphans(10)).isEmpty();
    assertThat(a.orphans(10)).isEmpty();
  }

  @Test
  void theSessionsOfADeadReplicaGoToWhoAsksFirst() throws Exception {
    Leases a = replica("a");
    Leases b = replica("b");
    Leases c = replica("c");
    long token = held(a.claim("s"));
    held(a.claim("t"));
    dies("a");
    b.beat();
    c.beat();
    assertThat(b.orphans(10)).containsExactlyInAnyOrder("s", "t");
    assertThat(held(b.claim("s"))).isGreaterThan(token);
    assertThat(c.claim("s")).isEqualTo(new Leases.Claim.Elsewhere("b", "host-of-b"));
    assertThat(c.orphans(10)).containsExactly("t");
  }

  @Test
  void anOwnerThatDoesNotAnswerLosesItsSessionToOneOfMany() throws Exception {
    Leases a = replica("a");
    held(a.claim("s"));
    var from = new Leases.Claim.Elsewhere("a", "host-of-a");
    var begin = new CountDownLatch(1);
    List<Leases.Claim> claims = new ArrayList<>();
    List<Thread> many = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Leases one = replica("r" + i);
      many.add(
          Thread.ofVirtual()
              .start(() -> {
                awaitQuietly(begin);
                Leases.Claim claim = one.seize("s", from);
                synchronized (claims) {
                  claims.add(claim);
                }
              }));
    }
    begin.countDown();
    for (Thread it : many) {
      it.join();
    }
    assertThat(claims).filteredOn(Leases.Claim.Held.class::isInstance).hasSize(1);
  }

  /**
   * Replicas that claim, seize, let go and write as chance has it, each believing for long that it
   * still owns what it lost: what the log took came in order of the tokens, from one owner after
   * the other.
   */
  @Test
  void whateverOwnersDoTheLogTakesOnlyFromTheLastOne() {
    for (int seed = 0; seed < 12; seed++) {
      var random = new Random(seed);
      String session = "race-" + seed;
      List<Leases> replicas = List.of(replica("x"), replica("y"));
      Map<Integer, Long> believes = new HashMap<>();
      long newest = 0;
      long seq = 0;
      for (int step = 0; step < 60; step++) {
        int who = random.nextInt(2);
        Leases me = replicas.get(who);
        switch (random.nextInt(5)) {
          case 0 -> newest = claimed(me.claim(session), believes, who, newest);
          case 1 -> {
            var other = new Leases.Claim.Elsewhere(who == 0 ? "y" : "x", "");
            newest = claimed(me.seize(session, other), believes, who, newest);
          }
          case 2 -> {
            me.release(session, believes.getOrDefault(who, -1L), random.nextBoolean());
            believes.remove(who);
          }
          default -> {
            long token = believes.getOrDefault(who, 0L);
            if (token > 0 && wrote(session, token, seq + 1)) {
              assertThat(token).as("seed %d step %d", seed, step).isEqualTo(newest);
              seq++;
            } else if (token > 0) {
              assertThat(token).as("seed %d step %d", seed, step).isLessThan(newest);
            }
          }
        }
        assertThat(log().lastSeq(session)).isEqualTo(seq);
      }
    }
  }

  private static long claimed(
      Leases.Claim claim, Map<Integer, Long> believes, int who, long newest) {
    if (claim instanceof Leases.Claim.Held held) {
      assertThat(held.token()).isGreaterThan(newest);
      believes.put(who, held.token());
      // Nobody sees a token before something was written or claimed with it.
      return held.token();
    }
    return newest;
  }

  private boolean wrote(String session, long token, long seq) {
    var event = new StoredEvent(seq, false, new byte[] {(byte) token});
    try {
      log().append(session, token, List.of(event), Optional.empty(), true).join();
      return true;
    } catch (CompletionException refused) {
      assertThat(Tenure.isElsewhere(refused.getCause())).isTrue();
      return false;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long held(Leases.Claim claim) {
    assertThat(claim).isInstanceOf(Leases.Claim.Held.class);
    return ((Leases.Claim.Held) claim).token();
  }
}
