package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Links in letters. They are made and sent in the background, and what goes wrong is told in the
 * log only: neither how long an answer takes nor how it ends tells whether somebody has an address.
 * Tokens stand behind the {@code #} of the link, which browsers send to no server.
 */
final class Letters {
  /** How long a link to a new password is good. */
  static final Duration RESET = Duration.ofHours(1);

  /** How long a link that proves an address is good. */
  static final Duration VERIFY = Duration.ofDays(3);

  private static final System.Logger LOG = System.getLogger("parley.identity");
  private static final int AT_ONCE = 16;
  private static final int TRIES = 3;

  private final LinkStore links;
  private final Post post;
  private final SignInGuard guard;
  private final InstantSource clock;
  private final URI base;
  private final Executor background;
  private final Semaphore room = new Semaphore(AT_ONCE);

  Letters(
      LinkStore links,
      Post post,
      SignInGuard guard,
      InstantSource clock,
      URI base,
      Executor background) {
    this.links = links;
    this.post = post;
    this.guard = guard;
    this.clock = clock;
    this.base = base;
    this.background = background;
  }

  /** Sends a link that proves the address of a person. */
  void verify(Person person) {
    later(() ->
        link(
            person,
            LinkStore.Purpose.VERIFY,
            VERIFY,
            "Is this your address?",
            "Open this link within three days to say so:",
            "If you did not sign up, do nothing."));
  }

  /** Sends a link to a new password. */
  void reset(Person person) {
    later(() ->
        link(
            person,
            LinkStore.Purpose.RESET,
            RESET,
            "A new password",
            "Open this link within an hour to choose it:",
            "If you did not ask for it, do nothing; your password stays."));
  }

  /** Sends an invitation; the link to hand over where no mail is set up, else empty. */
  String invite(Invitation invitation, String organisation, String token) {
    String link = address("invitation", token);
    if (!post.delivers()) {
      return link;
    }
    if (guard.mayWrite(invitation.email())) {
      String text = "You are invited to " + organisation + ".";
      later(() ->
          send(
              new Post.Letter(
                  invitation.email(),
                  "Invitation to " + oneLine(organisation),
                  text + "\n\nOpen this link within a week to join:\n\n" + link + "\n")));
    }
    return "";
  }

  private void link(
      Person person,
      LinkStore.Purpose purpose,
      Duration lifetime,
      String subject,
      String before,
      String after) {
    if (!guard.mayWrite(person.email())) {
      return;
    }
    String token = Secret.next(purpose == LinkStore.Purpose.RESET ? "pr_" : "pv_");
    Instant expires = clock.instant().plus(lifetime);
    links.create(
        Secret.hash(token), purpose, new LinkStore.Link(person.id(), person.email()), expires);
    String link = address(purpose == LinkStore.Purpose.RESET ? "reset" : "verify", token);
    String text = "Hello " + oneLine(person.displayName()) + ",\n\n";
    send(
        new Post.Letter(
            person.email(), subject, text + before + "\n\n" + link + "\n\n" + after + "\n"));
  }

  private String address(String what, String token) {
    return base.toString().replaceFirst("/+$", "") + "/#" + what + "=" + token;
  }

  /** What people may choose has no line of its own in a letter or its head. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
  }

  private void later(Runnable work) {
    if (!room.tryAcquire()) {
      LOG.log(System.Logger.Level.WARNING, "a letter was not sent: too many at once");
      return;
    }
    background.execute(() -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a letter was not sent: {0}", e.getMessage());
      } finally {
        room.release();
      }
    });
  }

  private void send(Post.Letter letter) {
    for (int tried = 1; ; tried++) {
      try {
        post.send(letter);
        return;
      } catch (Failure failure) {
        if (tried == TRIES || failure.retryAfter().isEmpty()) {
          throw failure;
        }
        pause(failure.retryAfter().get().multipliedBy(tried));
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unavailable("going away", Duration.ofSeconds(1)).causedBy(e);
    }
  }
}
