package dev.parley.orchestrator.identity;

import java.time.Instant;

/**
 * People who share characters and documents.
 *
 * @param planId whose limits hold
 * @param maskTranscripts whether personal data is masked in stored transcripts
 */
public record Organisation(
    String id, String displayName, String planId, boolean maskTranscripts, Instant createTime) {
  /** That of a machine without accounts. */
  public static final String LOCAL = "local";
}
