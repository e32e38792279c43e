package dev.parley.orchestrator;

import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.PrivacyServiceGrpc;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.KeyServiceGrpc;
import dev.parley.identity.v1.LedgerServiceGrpc;
import dev.parley.identity.v1.OrganisationServiceGrpc;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Service;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.character.Characters;
import dev.parley.orchestrator.character.ShippedCharacters;
import dev.parley.orchestrator.conversation.Parts;
import dev.parley.orchestrator.conversation.SessionSettings;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.conversation.Upkeep;
import dev.parley.orchestrator.conversation.WarmUp;
import dev.parley.orchestrator.conversation.Watch;
import dev.parley.orchestrator.grounded.GroundedThinker;
import dev.parley.orchestrator.grpc.CharacterGrpc;
import dev.parley.orchestrator.grpc.ConversationGrpc;
import dev.parley.orchestrator.grpc.EventJournal;
import dev.parley.orchestrator.grpc.IdentityMessages;
import dev.parley.orchestrator.grpc.Replicas;
import dev.parley.orchestrator.grpc.UsageAnswers;
import dev.parley.orchestrator.identity.usage.Holdings;
import dev.parley.orchestrator.identity.usage.Plan;
import dev.parley.orchestrator.peers.CataloguePeer;
import dev.parley.orchestrator.peers.DocumentHoldings;
import dev.parley.orchestrator.peers.LibraryPeer;
import dev.parley.orchestrator.peers.LibraryRemoval;
import dev.parley.orchestrator.peers.MemoryPeer;
import dev.parley.orchestrator.peers.RenderPeer;
import dev.parley.orchestrator.peers.SpeechPeer;
import dev.parley.orchestrator.postgres.PostgresCharacterStore;
import dev.parley.orchestrator.postgres.PostgresOrganisationStore;
import dev.parley.orchestrator.postgres.PostgresUnremembered;
import dev.parley.orchestrator.resilience4j.PeerGuard;
import dev.parley.orchestrator.telemetry.TurnSpans;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ServiceDescriptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The public service: conversations over stores, a thinker, speech, faces and memory. */
public final class OrchestratorService implements Service {
  /** Tasks of upkeep at a time, as many as there are connections to the database by default. */
  private static final int UPKEEP = 8;

  /** Calls at a time to a peer that is called once in a turn. */
  private static final int FEW = 256;

  /** Calls at a time to a peer with which every session holds some. */
  private static final int MANY = 4096;

  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final List<BindableService> services = new ArrayList<>();
  private final Peers peers;
  private final Mind mind;
  private final Backing backing;
  private final Directory directory;
  private final Ledgers ledgers;
  private final IdentityParts identity;
  private final RecollectionParts recollections;
  private final Sessions sessions;
  private final Runnable warmUp;
  private Optional<Thread> warming = Optional.empty();

  private OrchestratorService(
      OrchestratorSettings settings, IdentitySettings accounts, Peers peers) {
    this.peers = peers;
    mind = Mind.of(settings);
    backing = keep(Backing.open(settings, SessionSettings.DEFAULTS.window()));
    directory = new Directory(new PostgresOrganisationStore(backing.database()), free(accounts));
    ledgers =
        keep(
            new Ledgers(
                backing.database(),
                backing.redis(),
                directory,
                peers.documents().<Holdings>map(DocumentHoldings::new).orElse(Holdings.NONE)));
    var belongings = new OrganisationBelongings(peers.documents().map(LibraryRemoval::new));
    identity = keep(IdentityParts.open(accounts, backing.database(), belongings, ledgers::note));
    var characters =
        new Characters(
            ShippedCharacters.all(),
            new PostgresCharacterStore(backing.database()),
            new CataloguePeer(peers.speech(), peers.render()),
            Clock.systemUTC());
    var memory = new MemoryPeer(guarded("memory", peers.memory(), FEW), characters::find);
    recollections =
        keep(
            new RecollectionParts(
                memory,
                new PostgresUnremembered(backing.database(), backing.transcripts()),
                ledgers::masked,
                mind.notes()));
    var parts = parts(settings);
    sessions = new Sessions(characters::find, parts);
    warmUp =
        new WarmUp(
            ShippedCharacters.all().getFirst(), parts, new GroundedThinker(), sessions::answering);
    var erasing =
        keep(
            ErasureParts.start(
                backing, sessions, ledgers.personal(), memory, belongings::removeDocuments));
    belongings.erasedBy(erasing.erasures());
    keep(Watch.start(backing.leases(), sessions));
    offer(characters, parts, erasing);
    background.execute(() -> giveUpWhatIsLost(parts.turns()));
  }

  /**
   * Starts it over PostgreSQL, Redis and S3. Turns that a crashed process left running, and of
   * which the log knows nothing any more, are marked as failed; the others are gone on with.
   *
   * @throws dev.parley.kit.failure.Failure when a store is not there
   */
  public static OrchestratorService start(
      OrchestratorSettings settings, IdentitySettings accounts, Peers peers) {
    return new OrchestratorService(settings, accounts, peers);
  }

  /** What it answers to, known before it has started. */
  public static List<ServiceDescriptor> contracts() {
    return List.of(
        KeyServiceGrpc.getServiceDescriptor(),
        LedgerServiceGrpc.getServiceDescriptor(),
        IdentityServiceGrpc.getServiceDescriptor(),
        OrganisationServiceGrpc.getServiceDescriptor(),
        CharacterServiceGrpc.getServiceDescriptor(),
        ConversationServiceGrpc.getServiceDescriptor(),
        PrivacyServiceGrpc.getServiceDescriptor());
  }

  private Parts parts(OrchestratorSettings settings) {
    var voice = new SpeechPeer(guarded("speech", peers.speech(), MANY));
    return new Parts(
        mind.thinker(),
        Optional.of(ledgers.counted(voice)),
        Optional.of(voice),
        Optional.of(new RenderPeer(guarded("render", peers.render(), MANY))),
        Optional.of(recollections.recollection()),
        peers.documents().map(it -> new LibraryPeer(guarded("document", it, FEW))),
        ledgers.sessions(backing.sessions()),
        ledgers.turns(backing.spool().turns()),
        Optional.of(backing.spool().media()),
        Optional.of(new EventJournal(backing.events())),
        Optional.of(backing.leases()),
        background,
        new Upkeep(background, UPKEEP),
        System::nanoTime,
        Ids::next,
        SessionSettings.DEFAULTS.gathering(settings.recallDeadline(), settings.searchDeadline()),
        new TurnSpans());
  }

  private void offer(Characters characters, Parts parts, ErasureParts erasing) {
    var replicas = keep(new Replicas(sessions, peers.replica()));
    var faces = new FaceNames(parts.animator().orElseThrow());
    services.addAll(ledgers.services());
    services.addAll(
        identity.services(
            new IdentityMessages(id -> UsageAnswers.message(directory.plan(id))),
            ledgers.tickets(),
            ledgers.ledger()));
    services.add(new CharacterGrpc(characters));
    services.add(ledgers.limited(new ConversationGrpc(sessions, faces, replicas)));
    services.add(erasing.service(parts.turns(), peers.memory()));
  }

  private static Plan free(IdentitySettings accounts) {
    return new Plan(
        Plan.FREE.id(),
        accounts.freeTurns(),
        accounts.freeSpeechMinutes(),
        accounts.freeDocuments(),
        accounts.freeStorageBytes(),
        accounts.freeCalls());
  }

  private void giveUpWhatIsLost(TurnStore turns) {
    turns.failUnfinished(Instant.now(), place -> backing.events().lastSeq(place) > 0);
  }

  private static Channel guarded(String peer, Channel channel, int mostCalls) {
    return ClientInterceptors.intercept(channel, new PeerGuard(peer, mostCalls));
  }

  private <T extends AutoCloseable> T keep(T part) {
    resources.push(part);
    return part;
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

  /** Keys, limits and the audit log. */
  public Ledgers ledgers() {
    return ledgers;
  }

  /** Tells services and doors who calls. */
  public Proving proving() {
    return new Proving(ledgers.authenticator(), identity.verifier(), identity.tokens());
  }

  @Override
  public String name() {
    return "orchestrator";
  }

  @Override
  public List<BindableService> grpcServices() {
    return List.copyOf(services);
  }

  @Override
  public List<Part> parts() {
    List<Part> all = new ArrayList<>();
    all.add(Part.fixed("thinker", mind.thinker().name()));
    all.addAll(backing.parts());
    return List.copyOf(all);
  }

  /** Lets go of all sessions with everything written; call it before {@link #close()}. */
  @Override
  public void drain(Duration deadline) {
    sessions.drain(deadline);
    recollections.drain();
  }

  @Override
  public synchronized void close() {
    warming.ifPresent(Thread::interrupt);
    background.shutdown();
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        System.getLogger("parley.orchestrator").log(System.Logger.Level.WARNING, "closing", e);
      }
    }
  }
}
