import { Code, ConnectError, createClient, type Interceptor } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import type { Tokens } from '../gen/parley/identity/v1/identity_pb.js';
import { IdentityService } from '../gen/parley/identity/v1/identity_service_pb.js';
import { browserBorders } from '../identity/borders';
import { Passport } from '../identity/passport';

const options = { baseUrl: location.origin, defaultTimeoutMs: 10_000 };
const holders = new Set<(holder: string) => void>();

/** gRPC-Web to the server that the page came from, as nobody: for becoming somebody. */
export const doorTransport = createGrpcWebTransport(options);

/** Who uses this browser. */
export const passport = new Passport(refresh, (holder) => holders.forEach((told) => told(holder)), browserBorders());

/** Tells whenever somebody else, or nobody, uses the page; returns what ends that. */
export function onHolder(told: (holder: string) => void): () => void {
  holders.add(told);
  return () => holders.delete(told);
}

/** gRPC-Web to the server that the page came from, as whoever is signed in. */
export const transport = createGrpcWebTransport({ ...options, interceptors: [withToken()] });

/** Sends the token along. A call that it was refused for is made once more with a new one. */
function withToken(): Interceptor {
  return (next) => async (request) => {
    const token = await passport.token();
    if (!token) return next(request);
    request.header.set('authorization', `Bearer ${token}`);
    try {
      return await next(request);
    } catch (error) {
      // What a stream sent is gone; whoever reads it asks again.
      const renewed = isRefused(error) ? await passport.renew(token) : '';
      if (!renewed || request.stream) throw error;
      request.header.set('authorization', `Bearer ${renewed}`);
      return next(request);
    }
  };
}

function isRefused(error: unknown): boolean {
  return ConnectError.from(error).code === Code.Unauthenticated;
}

async function refresh(refreshToken: string): Promise<Tokens> {
  const { tokens } = await createClient(IdentityService, doorTransport).refreshTokens({ refreshToken });
  if (!tokens) throw new ConnectError('the server gave no tokens', Code.Internal);
  return tokens;
}
