import type { Character } from '../gen/parley/character/v1/character_pb.js';
import type { Conversation } from '../talk/conversation';
import type { Talk } from '../talk/talk';
import { useDesk } from './desk';
import { Icon, type IconName } from './icons';
import { useLook } from './look';
import { Portrait } from './Portrait';

/** What is open beside the conversation. */
export type Beside = '' | 'log' | 'documents' | 'memories';

interface Props {
  readonly conversation: Conversation;
  readonly talk: Talk;
  readonly characters: readonly Character[];
  readonly beside: Beside;
  onPick(c: Character): void;
  onLeave(): void;
  onHistory(): void;
  onVideo(): void;
  onBeside(b: Beside): void;
}

/** Who is here and what they do, who else could be, and what can be opened. */
export function RoomBar({ conversation, talk, characters, beside, onPick, onLeave, onHistory, onVideo, onBeside }: Props) {
  const { character } = conversation;
  const desk = useDesk();
  const opener = (what: Beside, icon: IconName, words: string) => (
    <button type="button" className="pill" aria-expanded={beside === what} title={words} onClick={() => onBeside(beside === what ? '' : what)}><Icon name={icon} /><span>{words}</span></button>
  );
  return (
    <header className="room-bar">
      <button type="button" className="round ghost" aria-label="Back to all characters" title="All characters" onClick={onLeave}><Icon name="back" /></button>
      <div className="who-is-here">
        <h1>{character.displayName}</h1>
        <p className="mood" role="status" data-mood={talk.link === 'live' ? talk.mood : 'quiet'}>{moodWords(conversation, talk)}</p>
      </div>
      <ul className="cast" aria-label="Characters">
        {characters.filter((c) => c.id !== character.id).slice(0, 5).map((c) => (
          <li key={c.id}><Face character={c} onPick={onPick} /></li>
        ))}
      </ul>
      <button type="button" className="pill history-button" onClick={onHistory}><Icon name="past" /><span>Earlier</span></button>
      <button type="button" className="pill" aria-pressed={talk.video} title={talk.video ? 'Drawn by the server; press for the face drawn here' : 'Let the server draw the face'} onClick={onVideo}><Icon name="film" /><span>Video</span></button>
      {desk.documents && opener('documents', 'book', 'Documents')}
      {desk.memories && opener('memories', 'memory', 'Memories')}
      {opener('log', 'notes', 'Transcript')}
    </header>
  );
}

function Face({ character, onPick }: { character: Character; onPick(c: Character): void }) {
  const { style } = useLook(character);
  return (
    <button type="button" className="cast-face" style={style} aria-label={`Talk to ${character.displayName}`} title={`Talk to ${character.displayName}`} onClick={() => onPick(character)}>
      <Portrait character={character} />
    </button>
  );
}

function moodWords(conversation: Conversation, talk: Talk): string {
  if (talk.link === 'connecting') return 'Connecting';
  if (talk.link === 'reconnecting') return 'Coming back';
  if (talk.link === 'closed') return 'Ended';
  if (talk.paused) return 'Waiting for you';
  if (talk.mood === 'hearing') return 'Listening';
  if (talk.mood === 'thinking') return 'Thinking';
  if (talk.mood !== 'speaking') return 'Here';
  if (talk.microphone !== 'on' || conversation.interruption !== 'speech') return 'Speaking';
  return 'Speaking · talk to interrupt';
}
