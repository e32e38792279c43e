import workletUrl from './capture.worklet.ts?worker&url';

/** Why there is no microphone, with what to do about it. */
export class MicrophoneFailure extends Error {
  constructor(
    readonly title: string,
    readonly advice: string,
  ) {
    super(title);
  }
}

/** An open microphone: 20 ms chunks of 16 kHz s16le mono, echo-cancelled by the browser. */
export class Microphone {
  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
  ) {}

  /**
   * Asks for the microphone and starts it. `lost` is called when it is unplugged or taken away.
   * Fails with MicrophoneFailure.
   */
  static async open(
    take: (chunk: Uint8Array, level: number) => void,
    lost: (failure: MicrophoneFailure) => void,
  ): Promise<Microphone> {
    const stream = await ask();
    const context = new AudioContext({ latencyHint: 'interactive' });
    try {
      await context.audioWorklet.addModule(workletUrl);
      const node = new AudioWorkletNode(context, 'parley-capture', { numberOfOutputs: 0 });
      node.port.onmessage = (m: MessageEvent<{ data: ArrayBuffer; level: number }>) =>
        take(new Uint8Array(m.data.data), m.data.level);
      context.createMediaStreamSource(stream).connect(node);
      await context.resume();
    } catch (error) {
      stream.getTracks().forEach((t) => t.stop());
      throw explain(error);
    }
    stream.getAudioTracks()[0]?.addEventListener('ended', () =>
      lost(new MicrophoneFailure('The microphone went away', 'Plug it in again, or type instead.')),
    );
    return new Microphone(stream, context);
  }

  async close(): Promise<void> {
    this.stream.getTracks().forEach((t) => t.stop());
    await this.context.close();
  }
}

async function ask(): Promise<MediaStream> {
  if (!navigator.mediaDevices) {
    throw new MicrophoneFailure(
      'The browser gives no microphone to this address',
      'Open the page over https:// or on http://localhost. Typing works everywhere.',
    );
  }
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    });
  } catch (error) {
    throw explain(error);
  }
}

/** What a browser's error means to a person. */
export function explain(error: unknown): MicrophoneFailure {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError') {
    return new MicrophoneFailure(
      'The microphone is blocked',
      'Allow it for this page in the address bar, then press the microphone again. Typing works meanwhile.',
    );
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') {
    return new MicrophoneFailure('No microphone was found', 'Connect one and press the microphone again, or type.');
  }
  if (name === 'NotReadableError') {
    return new MicrophoneFailure(
      'The microphone is in use elsewhere',
      'Close the other program that uses it and press the microphone again.',
    );
  }
  return new MicrophoneFailure('The microphone could not be started', 'Press it again, or type instead.');
}
