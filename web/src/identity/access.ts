import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Tokens } from '../gen/parley/identity/v1/identity_pb.js';

/** An access token, and when it ends by this machine's clock (milliseconds since 1970). */
export interface Access {
  readonly token: string;
  readonly endsAt: number;
  /** Whose it is: organisation and person. */
  readonly holder: string;
}

/** What `tokens` give access to; taken as issued at `now`, so that a wrong clock does no harm. */
export function accessOf(tokens: Tokens, now: number): Access {
  const { accessToken, accessExpireTime, organisation, person } = tokens;
  const told = accessExpireTime ? timestampDate(accessExpireTime).getTime() : now;
  return { token: accessToken, endsAt: lifetimeOf(accessToken, now) ?? told, holder: `${organisation?.id ?? ''}/${person?.id ?? ''}` };
}

function lifetimeOf(token: string, now: number): number | undefined {
  try {
    const claims = JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as { iat?: number; exp?: number };
    return claims.iat && claims.exp ? now + (claims.exp - claims.iat) * 1000 : undefined;
  } catch {
    return undefined;
  }
}
