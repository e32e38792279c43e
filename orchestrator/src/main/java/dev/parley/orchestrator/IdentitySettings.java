package dev.parley.orchestrator;

import dev.parley.orchestrator.identity.IdentityRules.SignUpRule;
import dev.parley.orchestrator.smtp.SmtpPost.Security;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Who may be somebody here, and how. */
@ConfigMapping(prefix = "identity")
public interface IdentitySettings {
  /** Who may sign up: {@code open}, {@code invited} or {@code closed}. */
  @WithDefault("open")
  SignUpRule signUp();

  /** Whether people may sign in by password. */
  @WithDefault("true")
  boolean passwords();

  /** Address that people reach the server by, for links in letters and for providers. */
  Optional<URI> publicUrl();

  /** How long an access token is good. */
  @WithDefault("PT10M")
  Duration accessLifetime();

  /** How long a sign-in lasts since it was last refreshed. */
  @WithDefault("P30D")
  Duration refreshLifetime();

  /** How often the key that signs access tokens changes. */
  @WithDefault("P30D")
  Duration keyRotation();

  /** File of 32 bytes in base64 that secrets in the database are sealed with; made when missing. */
  @WithDefault("data/identity/secret")
  String secretFile();

  /** File that lists OpenID Connect providers. */
  Optional<String> openIdFile();

  /** Mail server; without one, links are shown on the console. */
  Optional<String> smtpHost();

  /** Its port. */
  @WithDefault("587")
  int smtpPort();

  /** How the connection to it is protected: {@code starttls}, {@code tls} or {@code none}. */
  @WithDefault("starttls")
  Security smtpSecurity();

  /** Its user; absent where it asks for none. */
  Optional<String> smtpUser();

  /** File with the user's password. */
  Optional<String> smtpPasswordFile();

  /** Sender of letters. */
  @WithDefault("Parley <parley@localhost>")
  String smtpFrom();

  /** Turns a month of an organisation that somebody signed up; 0 for any number. */
  @WithDefault("2000")
  long freeTurns();

  /** Its minutes of speech a month. */
  @WithDefault("300")
  long freeSpeechMinutes();

  /** Documents that it may keep. */
  @WithDefault("100")
  long freeDocuments();

  /** Bytes that it may keep. */
  @WithDefault("1073741824")
  long freeStorageBytes();

  /** Its other calls a month. */
  @WithDefault("100000")
  long freeCalls();
}
