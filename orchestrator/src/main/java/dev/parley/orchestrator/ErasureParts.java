package dev.parley.orchestrator;

import dev.parley.identity.v1.Person;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.jobs.Jobs;
import dev.parley.kit.jobs.Patience;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.grpc.IdentityMessages;
import dev.parley.orchestrator.grpc.PersonalExport;
import dev.parley.orchestrator.grpc.PrivacyGrpc;
import dev.parley.orchestrator.identity.AccountRemoval;
import dev.parley.orchestrator.peers.MemoryExport;
import dev.parley.orchestrator.peers.MemoryPeer;
import dev.parley.orchestrator.postgres.PostgresErasureStore;
import dev.parley.orchestrator.postgres.PostgresOrganisationStore;
import dev.parley.orchestrator.postgres.PostgresPeopleStore;
import dev.parley.orchestrator.postgres.PostgresPersonalRows;
import dev.parley.orchestrator.postgres.PostgresSignInStore;
import dev.parley.orchestrator.privacy.Erasing;
import dev.parley.orchestrator.privacy.Erasures;
import dev.parley.orchestrator.privacy.LiveSessions;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import dev.parley.orchestrator.redis.RedisSessionLogs;
import io.grpc.BindableService;
import io.grpc.Channel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** How people are forgotten, as durable jobs, and what they may take along before. */
final class ErasureParts implements AutoCloseable {
  /** People who are forgotten at a time. */
  private static final int AT_A_TIME = 2;

  private final Backing backing;
  private final Jobs jobs;
  private final Erasures erasures;

  private ErasureParts(Backing backing, Jobs jobs, Erasures erasures) {
    this.backing = backing;
    this.jobs = jobs;
    this.erasures = erasures;
  }

  /**
   * Starts the jobs, those that a crash interrupted among them.
   *
   * @param ending removes the documents of an organisation
   */
  static ErasureParts start(
      Backing backing,
      Sessions sessions,
      List<PersonalStore> ledgers,
      MemoryPeer memory,
      Consumer<String> ending) {
    var store = new PostgresErasureStore(backing.database());
    var clock = InstantSource.system();
    var account =
        new AccountRemoval(
            new PostgresPeopleStore(backing.database()),
            new PostgresOrganisationStore(backing.database()),
            new PostgresSignInStore(backing.database()),
            ending);
    var erasing = new Erasing(store, stores(backing, sessions, ledgers, memory), account, clock);
    Jobs jobs =
        Jobs.start(
            backing.database().pool(),
            AT_A_TIME,
            Patience.ENDLESS,
            Map.of(ErasureWork.KIND, new ErasureWork(erasing)));
    var erasures = new Erasures(store, id -> jobs.submit(ErasureWork.KIND, id), Ids::next, clock);
    erasures.resume();
    return new ErasureParts(backing, jobs, erasures);
  }

  /** Who forgets what a person left, in the order in which it is removed. */
  private static List<PersonalStore> stores(
      Backing backing, Sessions sessions, List<PersonalStore> ledgers, MemoryPeer memory) {
    List<PersonalStore> all = new ArrayList<>();
    all.add(new LiveSessions(sessions));
    all.add(backing.spool());
    all.add(new RedisSessionLogs(backing.redis()));
    all.add((owner, ids) -> List.of(new Removal("media", removed(backing, owner, ids))));
    all.add(new PostgresPersonalRows(backing.database()));
    all.addAll(ledgers);
    all.add(memory);
    return all;
  }

  private static long removed(Backing backing, Owner owner, Set<String> sessionIds) {
    return sessionIds.stream()
        .mapToLong(id -> backing.media().removeAll(SessionRecord.media(owner, id)))
        .sum();
  }

  /** Who is being forgotten. */
  Erasures erasures() {
    return erasures;
  }

  /** The service that people ask. */
  BindableService service(TurnStore turns, Channel memory) {
    var people = new PostgresPeopleStore(backing.database());
    var sessions = backing.sessions();
    return new PrivacyGrpc(
        erasures,
        new PersonalExport(
            sessions, turns, it -> profile(people, it), new MemoryExport(memory)::of));
  }

  private static Person profile(PostgresPeopleStore people, Owner owner) {
    return people
        .find(owner.personId())
        .map(it -> IdentityMessages.message(it.person()))
        .orElse(Person.newBuilder().setId(owner.personId()).build());
  }

  @Override
  public void close() {
    jobs.close();
  }
}
