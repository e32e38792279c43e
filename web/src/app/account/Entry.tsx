import type { ReactNode } from 'react';
import type { Route } from '../../identity/links';
import type { Presence } from '../../identity/who';
import { ForgottenPassword } from './ForgottenPassword';
import { Invitation } from './Invitation';
import { NewPassword } from './NewPassword';
import { Returned } from './Returned';
import { SignIn } from './SignIn';
import { SignUp } from './SignUp';
import { VerifyEmail } from './VerifyEmail';
import './entry.css';

const CAST = ['david', 'elena', 'amara'];

/** The door: where one becomes somebody. `onIn` is told once one is. */
export default function Entry({ route, presence, onIn }: { route: Route; presence: Presence; onIn(): void }) {
  return (
    <div className="door">
      <header className="welcome-bar">
        <a className="brand" href="/#"><img src="/favicon.svg" alt="" width="30" height="30" />Parley</a>
        {presence === 'local' && <a className="pill" href="/#">Go on without an account</a>}
      </header>
      <main>
        <div className="door-cast" aria-hidden="true">{CAST.map((id) => <span key={id} className={id}><img src={`/portraits/${id}.webp`} alt="" /></span>)}</div>
        <section className="door-card">{form(route, presence, onIn)}</section>
      </main>
    </div>
  );
}

function form(route: Route, presence: Presence, onIn: () => void): ReactNode {
  switch (route.at) {
    case 'sign-up': return <SignUp onIn={onIn} />;
    case 'forgotten': return <ForgottenPassword />;
    case 'reset': return <NewPassword token={route.token} />;
    case 'verify': return <VerifyEmail token={route.token} signedIn={presence === 'signed-in' || presence === 'local'} />;
    case 'invitation': return <Invitation token={route.token} presence={presence} onIn={onIn} />;
    case 'returned': return <Returned state={route.state} code={route.code} onIn={onIn} />;
    default: return <SignIn onIn={onIn} />;
  }
}
