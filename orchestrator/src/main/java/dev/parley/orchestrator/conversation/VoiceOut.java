package dev.parley.orchestrator.conversation;

import java.util.function.LongSupplier;

/** How a turn's samples become what the client takes. The session's thread owns it. */
interface VoiceOut {
  /** The turn begins to speak by that speaker, at that media time. */
  void open(Speaker speaker, long fromUs);

  /** Samples that begin at a media time, following what came before; nobody changes the array. */
  void samples(byte[] pcm, long startUs);

  /** No more samples. */
  void end();

  /** Whether all that was given, up to the end, is on its way. */
  boolean done();

  /** Nothing more goes out. */
  void stop();

  /** Samples go out as they are. */
  static VoiceOut samples(Playback playback, LongSupplier nanos) {
    return new VoiceOut() {
      @Override
      public void open(Speaker speaker, long fromUs) {}

      @Override
      public void samples(byte[] pcm, long startUs) {
        playback.voice(pcm, startUs, nanos.getAsLong());
      }

      @Override
      public void end() {}

      @Override
      public boolean done() {
        return true;
      }

      @Override
      public void stop() {}
    };
  }
}
