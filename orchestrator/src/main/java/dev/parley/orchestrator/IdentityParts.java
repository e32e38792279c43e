package dev.parley.orchestrator;

import dev.parley.kit.ids.Ids;
import dev.parley.kit.jose.AccessToken;
import dev.parley.kit.jose.Revocations;
import dev.parley.kit.jose.TokenVerifier;
import dev.parley.orchestrator.argon2.Argon2idHash;
import dev.parley.orchestrator.grpc.IdentityGrpc;
import dev.parley.orchestrator.grpc.IdentityMessages;
import dev.parley.orchestrator.grpc.LedgerCalls;
import dev.parley.orchestrator.grpc.OrganisationGrpc;
import dev.parley.orchestrator.identity.AccessTokens;
import dev.parley.orchestrator.identity.AuditTrail;
import dev.parley.orchestrator.identity.IdentityRules;
import dev.parley.orchestrator.identity.OpenIdProvider;
import dev.parley.orchestrator.identity.Organisations;
import dev.parley.orchestrator.identity.People;
import dev.parley.orchestrator.identity.Post;
import dev.parley.orchestrator.identity.Repeating;
import dev.parley.orchestrator.identity.Seal;
import dev.parley.orchestrator.identity.ShownPost;
import dev.parley.orchestrator.identity.SignInStore;
import dev.parley.orchestrator.jose.SigningKeys;
import dev.parley.orchestrator.jose.TokenSigner;
import dev.parley.orchestrator.openid.ConnectedProvider;
import dev.parley.orchestrator.openid.ProvidersFile;
import dev.parley.orchestrator.postgres.PostgresAttemptStore;
import dev.parley.orchestrator.postgres.PostgresDatabase;
import dev.parley.orchestrator.postgres.PostgresInvitationStore;
import dev.parley.orchestrator.postgres.PostgresLinkStore;
import dev.parley.orchestrator.postgres.PostgresOpenIdStore;
import dev.parley.orchestrator.postgres.PostgresOrganisationStore;
import dev.parley.orchestrator.postgres.PostgresPeopleStore;
import dev.parley.orchestrator.postgres.PostgresSignInStore;
import dev.parley.orchestrator.postgres.PostgresSigningKeyStore;
import dev.parley.orchestrator.smtp.SmtpPost;
import io.grpc.BindableService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** People, organisations and tokens over PostgreSQL, as the orchestrator is wired. */
public final class IdentityParts implements AutoCloseable {
  private static final URI HERE = URI.create("http://127.0.0.1:8080");
  private static final Duration SWEEP = Duration.ofHours(1);

  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock = InstantSource.system();
  private final Seal seal;
  private final SigningKeys keys;
  private final TokenSigner signer;
  private final TokenVerifier verifier;
  private final People people;
  private final Repeating sweeping;

  private IdentityParts(
      IdentitySettings settings,
      PostgresDatabase database,
      Organisations.Belongings belongings,
      AuditTrail audit) {
    var stores = stores(database);
    seal = new Seal(SecretFile.open(settings.secretFile()));
    keys =
        new SigningKeys(new PostgresSigningKeyStore(database), seal, settings.keyRotation(), clock);
    signer = new TokenSigner(keys, clock);
    verifier = new TokenVerifier(keys, revoked(stores.signIns()), clock);
    people =
        new People(
            stores,
            new People.World(
                new Argon2idHash(Runtime.getRuntime().availableProcessors()),
                signer,
                post(settings),
                providers(settings),
                belongings,
                audit,
                Ids::next,
                clock,
                background),
            rules(settings),
            settings.publicUrl().orElse(HERE));
    sweeping = Repeating.every(SWEEP, "identity-sweep", people::sweep);
  }

  /**
   * Puts it together; the first start makes the installation's secret.
   *
   * @param belongings what an organisation has elsewhere
   */
  static IdentityParts open(
      IdentitySettings settings,
      PostgresDatabase database,
      Organisations.Belongings belongings,
      AuditTrail audit) {
    return new IdentityParts(settings, database, belongings, audit);
  }

  /** The services that it answers to. */
  List<BindableService> services(
      IdentityMessages messages, IdentityGrpc.TicketCalls tickets, LedgerCalls ledgers) {
    return List.of(
        IdentityGrpc.service(people, messages, keys::shown, tickets),
        OrganisationGrpc.service(people, messages, ledgers));
  }

  /** Reads the access tokens that it gives out. */
  public TokenVerifier verifier() {
    return verifier;
  }

  /** Signs access tokens. */
  public AccessTokens tokens() {
    return signer;
  }

  /** Seals secrets for the database. */
  public Seal seal() {
    return seal;
  }

  private static People.Stores stores(PostgresDatabase database) {
    return new People.Stores(
        new PostgresPeopleStore(database),
        new PostgresOrganisationStore(database),
        new PostgresInvitationStore(database),
        new PostgresSignInStore(database),
        new PostgresLinkStore(database),
        new PostgresAttemptStore(database),
        new PostgresOpenIdStore(database));
  }

  /** Keys and tickets are asked for anew every few seconds; sign-ins are looked at here. */
  private static Revocations revoked(SignInStore signIns) {
    return token ->
        token.kind() == AccessToken.Kind.SIGN_IN
            && !signIns.holds(token.credentialId(), token.subject(), token.generation());
  }

  private static IdentityRules rules(IdentitySettings settings) {
    return new IdentityRules(
        settings.signUp(),
        settings.passwords(),
        settings.accessLifetime(),
        settings.refreshLifetime());
  }

  private static Post post(IdentitySettings settings) {
    return settings
        .smtpHost()
        .<Post>map(host ->
            new SmtpPost(
                new SmtpPost.Server(
                    host,
                    settings.smtpPort(),
                    settings.smtpSecurity(),
                    settings.smtpUser(),
                    settings.smtpPasswordFile().map(IdentityParts::read),
                    settings.smtpFrom())))
        .orElseGet(() -> new ShownPost(System.out::println));
  }

  private List<OpenIdProvider> providers(IdentitySettings settings) {
    return settings.openIdFile().map(Path::of).map(ProvidersFile::read).orElse(List.of()).stream()
        .<OpenIdProvider>map(it -> new ConnectedProvider(it, clock))
        .toList();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw dev.parley.kit.failure.Failure.invalid(
          "identity.smtp-password-file", file + " cannot be read");
    }
  }

  @Override
  public void close() {
    sweeping.close();
    background.close();
  }
}
