import { useEffect, useRef, useState } from 'react';
import type { Conversation, Talk } from '../talk/conversation';
import { Icon } from './icons';

const MOODS = { quiet: '', hearing: 'Listening', thinking: 'Thinking', speaking: 'Speaking' } as const;

/** One place for speaking, typing and stopping. */
export function Composer({ conversation, talk }: { conversation: Conversation; talk: Talk }) {
  const [text, setText] = useState('');
  const name = conversation.character.displayName;
  const busy = talk.mood === 'speaking' || talk.mood === 'thinking' || talk.paused;
  const send = (): void => {
    conversation.say(text);
    setText('');
  };
  return (
    <form
      className="composer"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <MicButton conversation={conversation} talk={talk} />
      <textarea
        rows={1}
        value={text}
        maxLength={10_000}
        aria-label={`Message to ${name}`}
        placeholder={talk.microphone === 'on' ? 'Speak, or type…' : `Say something to ${name}`}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && !e.shiftKey && !e.nativeEvent.isComposing) {
            e.preventDefault();
            send();
          }
        }}
      />
      <span className="mood" data-mood={talk.mood} role="status">{talk.paused ? 'Waiting' : MOODS[talk.mood]}</span>
      {busy && !text ? (
        <button type="button" className="round stop" aria-label={`Interrupt ${name} (Escape)`} title="Interrupt (Esc)" onClick={() => conversation.interrupt()}>
          <Icon name="stop" />
        </button>
      ) : (
        <button type="submit" className="round send" aria-label="Send" title="Send" disabled={!text.trim()}>
          <Icon name="send" />
        </button>
      )}
    </form>
  );
}

function MicButton({ conversation, talk }: { conversation: Conversation; talk: Talk }) {
  const button = useRef<HTMLButtonElement>(null);
  const on = talk.microphone === 'on';
  useEffect(() => {
    if (!on) return;
    let shown = 0;
    let frame = requestAnimationFrame(function pulse() {
      frame = requestAnimationFrame(pulse);
      const target = Math.min(1, conversation.level * 6);
      shown += (target - shown) * (target > shown ? 0.5 : 0.12);
      button.current?.style.setProperty('--level', shown.toFixed(3));
    });
    return () => cancelAnimationFrame(frame);
  }, [conversation, on]);
  return (
    <button
      ref={button}
      type="button"
      className="round mic"
      data-on={on}
      aria-pressed={on}
      aria-label={on ? 'Turn the microphone off' : 'Turn the microphone on'}
      title={on ? 'Microphone is on' : 'Speak'}
      disabled={talk.microphone === 'opening'}
      onClick={() => void conversation.toggleMicrophone()}
    >
      <Icon name="mic" />
    </button>
  );
}
