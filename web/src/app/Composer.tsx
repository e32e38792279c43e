import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../talk/conversation';
import type { Talk } from '../talk/talk';
import { Icon } from './icons';

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
      {busy && !text.trim() ? <StopButton conversation={conversation} name={name} /> : (
        <button type="submit" className="round send" aria-label="Send" title="Send (Enter)" disabled={!text.trim()}>
          <Icon name="send" />
        </button>
      )}
    </form>
  );
}

function StopButton({ conversation, name }: { conversation: Conversation; name: string }) {
  const off = conversation.interruption === 'off';
  return (
    <button
      type="button" className="round stop" disabled={off}
      aria-label={off ? `${name} speaks to the end` : `Interrupt ${name} (Escape)`}
      title={off ? `${name} is set to speak to the end` : 'Interrupt (Esc)'}
      onClick={() => conversation.interrupt()}
    >
      <Icon name="stop" />
    </button>
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
      ref={button} type="button" className="mic" data-on={on} aria-pressed={on}
      aria-label={on ? 'Listening; turn the microphone off' : 'Speak; turn the microphone on'}
      title={on ? 'The microphone is on' : 'Speak'}
      disabled={talk.microphone === 'opening'}
      onClick={() => void conversation.toggleMicrophone()}
    >
      {on ? <span className="bars" aria-hidden="true"><i /><i /><i /></span> : <Icon name="mic" />}
      <span aria-hidden="true">{on ? 'Listening' : 'Speak'}</span>
    </button>
  );
}
