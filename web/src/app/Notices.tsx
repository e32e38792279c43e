import type { Conversation } from '../talk/conversation';
import type { Talk } from '../talk/talk';
import { Icon } from './icons';

/** What is wrong, and what to do about it. */
export function Notices({ conversation, talk }: { conversation: Conversation; talk: Talk }) {
  return (
    <div className="notices" role="alert">
      {talk.link === 'reconnecting' && (
        <p className="notice"><span><strong>The server does not answer.</strong> Trying again by itself; nothing said is lost.</span>
          <button type="button" onClick={() => conversation.retryNow()}>Try now</button></p>
      )}
      {!talk.speaker && talk.link === 'live' && (
        <p className="notice"><span><strong>You are watching.</strong> Another window holds this conversation.</span>
          <button type="button" onClick={() => conversation.takeOver()}>Take over</button></p>
      )}
      {talk.silent && talk.mood === 'speaking' && (
        <p className="notice"><span><strong>The browser keeps the sound off.</strong> Click anywhere or press a key to hear the voice.</span></p>
      )}
      {talk.notice && (
        <p className="notice"><span><strong>{talk.notice.title}.</strong> {talk.notice.advice}</span>
          <button type="button" aria-label="Dismiss" onClick={() => conversation.dismiss()}><Icon name="close" /></button></p>
      )}
    </div>
  );
}
