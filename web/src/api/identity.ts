import { createClient } from '@connectrpc/connect';
import type { Tokens } from '../gen/parley/identity/v1/identity_pb.js';
import { IdentityService } from '../gen/parley/identity/v1/identity_service_pb.js';
import { KeyService } from '../gen/parley/identity/v1/key_service_pb.js';
import { OrganisationService } from '../gen/parley/identity/v1/organisation_service_pb.js';
import { RETURN_PATH } from '../identity/links';
import { Who } from '../identity/who';
import { doorTransport, passport, transport } from './transport';

/** What anybody may ask: to become somebody. */
export const door = createClient(IdentityService, doorTransport);
export const identity = createClient(IdentityService, transport);
export const organisations = createClient(OrganisationService, transport);
export const keys = createClient(KeyService, transport);

/** Who uses the page. */
export const who = new Who(identity);

const STATE = 'parley.open-id';

/** Whoever they prove uses the page from now on, in all tabs. */
export function enter(tokens: Tokens | undefined): void {
  if (tokens) passport.take(tokens);
}

/** Ends the sign-in, or all of the person's; also when the server does not answer. */
export async function leave(everywhere = false): Promise<void> {
  const { refreshToken } = passport;
  if (everywhere) await door.signOut({ refreshToken, everywhere });
  else if (refreshToken) await door.signOut({ refreshToken }).catch(() => undefined);
  passport.drop();
}

/** Sends the browser to a provider; it comes back to {@link RETURN_PATH}. */
export async function startOpenId(providerId: string): Promise<void> {
  const { authorisationUri, state } = await door.startOpenId({ providerId, redirectUri: location.origin + RETURN_PATH });
  sessionStorage.setItem(STATE, state);
  location.assign(authorisationUri);
}

/** Signs in by what a provider sent back; only what this tab asked for counts. */
export async function finishOpenId(state: string, code: string): Promise<void> {
  const asked = sessionStorage.getItem(STATE);
  sessionStorage.removeItem(STATE);
  if (!code || !state || state !== asked) throw new Error('The sign-in was given up, or it began in another window. Try again.');
  enter((await door.finishOpenId({ state, code })).tokens);
}

/** A ticket for one WebSocket, as a subprotocol; nothing while nobody is signed in. */
export async function ticketProtocols(): Promise<readonly string[]> {
  if (!passport.holder) return [];
  return [`parley.ticket.${(await identity.createTicket({})).ticket}`];
}
