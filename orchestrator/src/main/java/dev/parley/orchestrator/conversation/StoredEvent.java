package dev.parley.orchestrator.conversation;

/**
 * An event as the log keeps it.
 *
 * @param seq its number in the session
 * @param media whether it is audio, face or video, which are kept for a shorter time
 * @param bytes the event itself; never changed after this was made
 */
public record StoredEvent(long seq, boolean media, byte[] bytes) {}
