package dev.parley.orchestrator.conversation;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a conversation is made of; every engine can be replaced or left out.
 *
 * @param leases who owns which session; empty where this is the only process
 * @param background runs what blocks, one virtual thread a task
 * @param upkeep runs what nobody waits for, a few tasks at a time
 * @param nanos monotonic clock in nanoseconds
 * @param ids makes UUIDv7 ids
 */
public record Parts(
    Thinker thinker,
    Optional<Listener> listener,
    Optional<Speaker> speaker,
    Optional<Animator> animator,
    Optional<Recollection> recollection,
    Optional<Library> library,
    SessionStore sessions,
    TurnStore turns,
    Optional<MediaStore> media,
    Optional<Journal> journal,
    Optional<Leases> leases,
    Executor background,
    Executor upkeep,
    LongSupplier nanos,
    Supplier<String> ids,
    SessionSettings settings,
    TurnTracer tracer) {}
