package dev.parley.orchestrator;

import dev.parley.identity.v1.Person;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Service;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.jobs.Jobs;
import dev.parley.kit.jobs.Patience;
import dev.parley.orchestrator.character.Characters;
import dev.parley.orchestrator.character.ShippedCharacters;
import dev.parley.orchestrator.conversation.Cast;
import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.Leases;
import dev.parley.orchestrator.conversation.MediaStore;
import dev.parley.orchestrator.conversation.NotedRecollection;
import dev.parley.orchestrator.conversation.Parts;
import dev.parley.orchestrator.conversation.Recollection;
import dev.parley.orchestrator.conversation.SessionSettings;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.conversation.Upkeep;
import dev.parley.orchestrator.conversation.WarmUp;
import dev.parley.orchestrator.conversation.Watch;
import dev.parley.orchestrator.grounded.GroundedThinker;
import dev.parley.orchestrator.grpc.CharacterGrpc;
import dev.parley.orchestrator.grpc.ConversationGrpc;
import dev.parley.orchestrator.grpc.EventJournal;
import dev.parley.orchestrator.grpc.IdentityMessages;
import dev.parley.orchestrator.grpc.PersonalExport;
import dev.parley.orchestrator.grpc.PrivacyGrpc;
import dev.parley.orchestrator.grpc.Replicas;
import dev.parley.orchestrator.grpc.UsageAnswers;
import dev.parley.orchestrator.identity.usage.Holdings;
import dev.parley.orchestrator.openai.ModelNotes;
import dev.parley.orchestrator.openai.ModelSettings;
import dev.parley.orchestrator.openai.OpenAiThinker;
import dev.parley.orchestrator.peers.CataloguePeer;
import dev.parley.orchestrator.peers.DocumentHoldings;
import dev.parley.orchestrator.peers.LibraryPeer;
import dev.parley.orchestrator.peers.LibraryRemoval;
import dev.parley.orchestrator.peers.MemoryExport;
import dev.parley.orchestrator.peers.MemoryPeer;
import dev.parley.orchestrator.peers.RenderPeer;
import dev.parley.orchestrator.peers.SpeechPeer;
import dev.parley.orchestrator.postgres.PostgresCharacterStore;
import dev.parley.orchestrator.postgres.PostgresDatabase;
import dev.parley.orchestrator.postgres.PostgresErasureStore;
import dev.parley.orchestrator.postgres.PostgresOrganisationStore;
import dev.parley.orchestrator.postgres.PostgresPeopleStore;
import dev.parley.orchestrator.postgres.PostgresPersonalRows;
import dev.parley.orchestrator.postgres.PostgresSessionStore;
import dev.parley.orchestrator.postgres.PostgresTurnStore;
import dev.parley.orchestrator.privacy.Erasing;
import dev.parley.orchestrator.privacy.ErasureStore;
import dev.parley.orchestrator.privacy.Erasures;
import dev.parley.orchestrator.privacy.LiveSessions;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import dev.parley.orchestrator.redis.RedisConnection;
import dev.parley.orchestrator.redis.RedisSessionLogs;
import dev.parley.orchestrator.resilience4j.GuardedThinker;
import dev.parley.orchestrator.resilience4j.PeerGuard;
import dev.parley.orchestrator.s3.S3MediaStore;
import dev.parley.orchestrator.telemetry.TurnSpans;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** The public service: conversations over stores, a thinker, speech, faces and memory. */
public final class OrchestratorService implements Service {
  /** Tasks of upkeep at a time, as many as there are connections to the database by default. */
  private static final int UPKEEP = 8;

  /** People who are forgotten at a time. */
  private static final int ERASURES = 2;

  /** Calls at a time to a peer that is called once in a turn. */
  private static final int FEW = 256;

  /** Calls at a time to a peer with which every session holds some. */
  private static final int MANY = 4096;

  /** Where things are kept; {@code leases} are empty where no other replica can be. */
  public record Stores(
      SessionStore sessions,
      TurnStore turns,
      MediaStore media,
      EventLog events,
      Optional<Leases> leases) {}

  private final List<BindableService> services;
  private final List<Part> parts;
  private final Sessions sessions;
  private final ExecutorService background;
  private final List<AutoCloseable> resources = new ArrayList<>();
  private final Runnable warmUp;
  private Optional<Thread> warming = Optional.empty();
  private Runnable noted = () -> {};
  private Optional<Erasures> erasures = Optional.empty();
  private Optional<IdentityParts> identity = Optional.empty();
  private Optional<Ledgers> ledgers = Optional.empty();

  private OrchestratorService(
      List<BindableService> services,
      List<Part> parts,
      Sessions sessions,
      ExecutorService background,
      Runnable warmUp) {
    this.warmUp = warmUp;
    this.services = services;
    this.parts = parts;
    this.sessions = sessions;
    this.background = background;
  }

  /** Starts it over PostgreSQL, Redis and S3 with the thinker that needs no model. */
  public static OrchestratorService start(
      OrchestratorSettings settings, Channel speech, Channel render, Channel memory) {
    return start(settings, new Peers(speech, render, memory, Optional.empty()));
  }

  /** The same over those services, without accounts. */
  public static OrchestratorService start(OrchestratorSettings settings, Peers peers) {
    return start(settings, Optional.empty(), peers);
  }

  /** The same with accounts, where there are settings for them. */
  public static OrchestratorService start(
      OrchestratorSettings settings, Optional<IdentitySettings> accounts, Peers peers) {
    Mind mind = mind(settings);
    var database =
        PostgresDatabase.open(
            settings.postgresUrl(),
            settings.postgresUser(),
            settings.postgresPassword(),
            settings.postgresConnections());
    var redis = new RedisConnection(settings.redisUrl());
    var ledgers =
        new Ledgers(
            database,
            redis,
            new Directory(new PostgresOrganisationStore(database)),
            peers.documents().<Holdings>map(DocumentHoldings::new).orElse(Holdings.NONE));
    var belongings = new OrganisationBelongings(peers.documents().map(LibraryRemoval::new));
    Optional<IdentityParts> identity =
        accounts.map(it -> IdentityParts.open(it, database, belongings, ledgers::note));
    List<BindableService> doors = new ArrayList<>(ledgers.services());
    var messages = new IdentityMessages(UsageAnswers::plan);
    identity.ifPresent(
        it -> doors.addAll(it.services(messages, ledgers.tickets(), ledgers.ledger())));
    var window = SessionSettings.DEFAULTS.window();
    var kept = Duration.ofNanos(window.eventNanos());
    var events = redis.eventLog(window.mediaBytes(), window.events(), kept);
    var leases =
        redis.leases(
            Ids.next(), settings.replicaAddress().orElse(""), settings.replicaLife(), kept);
    var media =
        S3MediaStore.open(
            settings.s3Endpoint(),
            settings.s3AccessKey(),
            settings.s3SecretKey(),
            settings.s3Bucket());
    var stores =
        new Stores(
            new PostgresSessionStore(database),
            ledgers.turns(new PostgresTurnStore(database)),
            media,
            events,
            Optional.of(leases));
    var characters =
        new Characters(
            ShippedCharacters.all(),
            new PostgresCharacterStore(database),
            new CataloguePeer(peers.speech(), peers.render()),
            Clock.systemUTC());
    doors.add(new CharacterGrpc(characters));
    var service =
        start(
            stores,
            characters::find,
            mind,
            peers,
            SessionSettings.DEFAULTS.gathering(
                settings.recallDeadline(), settings.searchDeadline()),
            List.copyOf(doors),
            Optional.of(privacy(database, redis, media, ledgers)),
            List.of(
                Part.fixed("thinker", mind.thinker().name()),
                Part.probed("redis", address(settings.redisUrl()), redis::ping),
                Part.probed("postgres", address(settings.postgresUrl()), database::ping),
                Part.probed("s3", settings.s3Endpoint(), media::ping)),
            new Keeping(ledgers::masked, ledgers::limited));
    service.erasures.ifPresent(belongings::erasedBy);
    service.identity = identity;
    service.ledgers = Optional.of(ledgers);
    identity.ifPresent(service.resources::add);
    service.resources.add(ledgers);
    service.resources.add(redis);
    service.resources.add(database);
    return service;
  }

  /** Who forgets what a person left in the stores, in the order in which it is removed. */
  private static Forgetting privacy(
      PostgresDatabase database, RedisConnection redis, S3MediaStore media, Ledgers ledgers) {
    PersonalStore objects =
        (owner, ids) ->
            List.of(
                new Removal(
                    "media",
                    ids.stream().mapToLong(id -> media.removeAll("sessions/" + id + "/")).sum()));
    List<PersonalStore> all =
        new ArrayList<>(
            List.of(new RedisSessionLogs(redis), objects, new PostgresPersonalRows(database)));
    all.addAll(ledgers.personal());
    var people = new PostgresPeopleStore(database);
    return new Forgetting(
        new PostgresErasureStore(database),
        List.copyOf(all),
        database.pool(),
        owner ->
            people
                .find(owner.personId())
                .map(it -> IdentityMessages.message(it.person()))
                .orElse(Person.newBuilder().setId(owner.personId()).build()));
  }

  /**
   * How people are forgotten, and what they may take along before.
   *
   * @param erasures where erasures are kept
   * @param stores which stores besides memory they erase from
   * @param jobs where the jobs that do it are kept
   * @param profile who a person is
   */
  public record Forgetting(
      ErasureStore erasures,
      List<PersonalStore> stores,
      DataSource jobs,
      Function<Owner, Person> profile) {}

  /** Without what may stand behind it, as a password. */
  private static String address(String url) {
    return url.replaceFirst("\\?.*", "").replaceFirst("//[^@/]*@", "//");
  }

  private static Mind mind(OrchestratorSettings settings) {
    Thinker grounded = new GroundedThinker();
    Optional<ModelSettings> model =
        settings
            .modelUrl()
            .map(url -> ModelSettings.of(url, settings.modelKey().orElse(""), settings.model()));
    return new Mind(
        model
            .<Thinker>map(it -> new GuardedThinker(new OpenAiThinker(it, grounded), grounded))
            .orElse(grounded),
        model.filter(_ -> settings.notes()).map(ModelNotes::new));
  }

  private static Recollection remembering(Recollection memory, Mind mind) {
    return mind.notes().<Recollection>map(it -> new NotedRecollection(memory, it)).orElse(memory);
  }

  /**
   * Starts it. Turns that a crashed process left running, and of which the log knows nothing any
   * more, are marked as failed; the others are gone on with.
   *
   * @param others services that share its door, as the one for characters
   * @param forgetting how people are forgotten; empty offers it to nobody
   * @param parts what the stores and the thinker say about themselves
   */
  public static OrchestratorService start(
      Stores stores,
      Cast cast,
      Mind mind,
      Peers peers,
      SessionSettings settings,
      List<BindableService> others,
      Optional<Forgetting> forgetting,
      List<Part> parts) {
    return start(
        stores, cast, mind, peers, settings, others, forgetting, parts, Keeping.EVERYTHING);
  }

  /**
   * What is held to rules of its organisation.
   *
   * @param turn as it may be remembered
   * @param talking the service for conversations, which may end them when a plan has nothing left
   */
  private record Keeping(UnaryOperator<TurnRecord> turn, UnaryOperator<BindableService> talking) {
    static final Keeping EVERYTHING =
        new Keeping(UnaryOperator.identity(), UnaryOperator.identity());
  }

  private static OrchestratorService start(
      Stores stores,
      Cast cast,
      Mind mind,
      Peers peers,
      SessionSettings settings,
      List<BindableService> others,
      Optional<Forgetting> forgetting,
      List<Part> parts,
      Keeping keeping) {
    ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    var recalling = new MemoryPeer(guarded("memory", peers.memory(), FEW), cast);
    var voice = new SpeechPeer(guarded("speech", peers.speech(), MANY));
    var face = new RenderPeer(guarded("render", peers.render(), MANY));
    Recollection memory = remembering(new MaskedRecollection(recalling, keeping.turn()), mind);
    var made =
        new Parts(
            mind.thinker(),
            Optional.of(voice),
            Optional.of(voice),
            Optional.of(face),
            Optional.of(memory),
            peers.documents().map(it -> new LibraryPeer(guarded("document", it, FEW))),
            stores.sessions(),
            stores.turns(),
            Optional.of(stores.media()),
            Optional.of(new EventJournal(stores.events())),
            stores.leases(),
            background,
            new Upkeep(background, UPKEEP),
            System::nanoTime,
            Ids::next,
            settings,
            new TurnSpans());
    var sessions = new Sessions(cast, made);
    List<BindableService> services = new ArrayList<>(others);
    var replicas = new Replicas(sessions, peers.replica());
    var talking = new ConversationGrpc(sessions, new FaceNames(face), replicas);
    services.add(keeping.talking().apply(talking));
    var first = ShippedCharacters.all().getFirst();
    var warmUp = new WarmUp(first, made, new GroundedThinker(), sessions::answering);
    var memories = new MemoryExport(peers.memory());
    Optional<Jobs> jobs = forgetting.map(it -> erasing(it, sessions, recalling));
    Optional<Erasures> erasures = jobs.map(it -> erasures(forgetting.orElseThrow().erasures(), it));
    erasures.ifPresent(it ->
        services.add(
            new PrivacyGrpc(
                it,
                new PersonalExport(
                    stores.sessions(),
                    stores.turns(),
                    forgetting.orElseThrow().profile(),
                    memories::of))));
    var service =
        new OrchestratorService(
            List.copyOf(services), List.copyOf(parts), sessions, background, warmUp);
    if (memory instanceof NotedRecollection noted) {
      service.noted = noted::close;
    }
    jobs.ifPresent(service.resources::add);
    service.erasures = erasures;
    stores.leases().map(it -> Watch.start(it, sessions)).ifPresent(service.resources::addFirst);
    service.resources.add(replicas);
    background.execute(
        () -> stores.turns().failUnfinished(Instant.now(), id -> stores.events().lastSeq(id) > 0));
    return service;
  }

  private static Channel guarded(String peer, Channel channel, int mostCalls) {
    return ClientInterceptors.intercept(channel, new PeerGuard(peer, mostCalls));
  }

  private static Jobs erasing(Forgetting forgetting, Sessions sessions, MemoryPeer memory) {
    List<PersonalStore> stores = new ArrayList<>();
    stores.add(new LiveSessions(sessions));
    stores.addAll(forgetting.stores());
    stores.add(memory);
    var erasing = new Erasing(forgetting.erasures(), stores, InstantSource.system());
    return Jobs.start(
        forgetting.jobs(),
        ERASURES,
        Patience.ENDLESS,
        Map.of(ErasureWork.KIND, new ErasureWork(erasing)));
  }

  private static Erasures erasures(ErasureStore store, Jobs jobs) {
    var erasures =
        new Erasures(
            store, id -> jobs.submit(ErasureWork.KIND, id), Ids::next, InstantSource.system());
    erasures.resume();
    return erasures;
  }

  /**
   * Lets every engine work once, on a thread of its own that makes way for those who come meanwhile
   * and ends with the service; the thread.
   */
  public synchronized Thread warmUp() {
    Thread thread = Thread.ofVirtual().name("warm-up").start(warmUp);
    warming = Optional.of(thread);
    return thread;
  }

  /** Keys, limits and the audit log; empty over stores that hold none. */
  public Optional<Ledgers> ledgers() {
    return ledgers;
  }

  /** Tells services and doors who calls; empty without accounts. */
  public Optional<Proving> proving() {
    return identity.map(
        it -> new Proving(ledgers.orElseThrow().authenticator(), it.verifier(), it.tokens()));
  }

  /** Who people are, and how that is proved; empty without accounts. */
  public Optional<IdentityParts> identity() {
    return identity;
  }

  @Override
  public String name() {
    return "orchestrator";
  }

  @Override
  public List<BindableService> grpcServices() {
    return services;
  }

  @Override
  public List<Part> parts() {
    return parts;
  }

  /** Lets go of all sessions with everything written; call it before {@link #close()}. */
  @Override
  public void drain(Duration deadline) {
    sessions.drain(deadline);
    noted.run();
  }

  @Override
  public synchronized void close() {
    warming.ifPresent(Thread::interrupt);
    background.shutdown();
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        System.getLogger("parley.orchestrator").log(System.Logger.Level.WARNING, "closing", e);
      }
    }
  }
}
