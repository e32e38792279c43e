package dev.parley.orchestrator.postgres;

/** How what people and characters said stands in the database. Thread-safe. */
public interface Transcripts {
  /** As it was said. */
  Transcripts PLAIN =
      new Transcripts() {
        @Override
        public void ready(String organisation) {}

        @Override
        public String written(String organisation, String place, String text) {
          return text;
        }

        @Override
        public String read(String organisation, String place, String stored) {
          if (SealedTranscripts.isSealed(stored)) {
            throw SealedTranscripts.unreadable(organisation, "no key is set");
          }
          return stored;
        }
      };

  /**
   * What may block is done now, outside a transaction. Fails with STORE_FAILED, and with INTERNAL
   * where a key does not fit.
   */
  void ready(String organisation);

  /** What is stored of a text at a place, which names the row and the column. */
  String written(String organisation, String place, String text);

  /** The text, however it was stored. Fails with INTERNAL where its key is not here. */
  String read(String organisation, String place, String stored);
}
