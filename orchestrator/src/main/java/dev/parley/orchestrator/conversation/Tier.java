package dev.parley.orchestrator.conversation;

/** What an attachment may receive. */
public enum Tier {
  TEXT,
  AUDIO,
  FACE,
  VIDEO
}
