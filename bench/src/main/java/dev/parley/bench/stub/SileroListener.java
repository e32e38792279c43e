package dev.parley.bench.stub;

import dev.parley.orchestrator.conversation.Listener;
import dev.parley.speechsvc.recognition.VoiceDetector;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Runs a voice detector over every session's audio for its cost, then lets another listener decide,
 * since the load is noise and not speech. One virtual thread a session waits for its answers, as in
 * the speech service.
 */
final class SileroListener implements Listener {
  private static final byte[] END = new byte[0];
  private final VoiceDetector detector;
  private final Listener decides;

  SileroListener(VoiceDetector detector, Listener decides) {
    this.detector = detector;
    this.decides = decides;
  }

  @Override
  public Ear listen(Request request, Sink sink) {
    var ear = new SileroEar(decides.listen(request, sink));
    Thread.ofVirtual().name("silero-ear").start(ear::run);
    return ear;
  }

  @Override
  public Utterance recognize(byte[] audio, Request request) {
    return decides.recognize(audio, request);
  }

  private final class SileroEar implements Ear {
    private final Ear decider;
    private final LinkedBlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
    private final short[] frame = new short[VoiceDetector.FRAME];
    private int filled;

    SileroEar(Ear decider) {
      this.decider = decider;
    }

    void run() {
      try (var stream = detector.open()) {
        for (byte[] chunk = chunks.take(); chunk != END; chunk = chunks.take()) {
          detect(chunk, stream);
          decider.audio(chunk);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void detect(byte[] pcm, VoiceDetector.Stream stream) {
      for (int i = 0; i + 1 < pcm.length; i += 2) {
        frame[filled++] = (short) (pcm[i] & 0xff | pcm[i + 1] << 8);
        if (filled == frame.length) {
          stream.probability(frame);
          filled = 0;
        }
      }
    }

    @Override
    public void audio(byte[] data) {
      chunks.add(data);
    }

    @Override
    public void endUtterance() {
      decider.endUtterance();
    }

    @Override
    public void echoHint(String text) {}

    @Override
    public void close() {
      chunks.add(END);
    }

    @Override
    public void cancel() {
      chunks.add(END);
    }
  }
}
