import { Code, ConnectError } from '@connectrpc/connect';
import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { expect, test } from 'vitest';
import { TokensSchema, type Tokens } from '../src/gen/parley/identity/v1/identity_pb.js';
import { Passport, type Borders, type Told } from '../src/identity/passport';

/** A browser with tabs; each refresh token is good once, as the server has it. */
function browser() {
  const kept = new Map<string, string>();
  const tabs: ((m: Told) => void)[] = [];
  const used: string[] = [];
  const waits: { run: () => void; ms: number }[] = [];
  const world = { now: 0, fails: undefined as Code | undefined, lifetime: 300_000 };
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  const tokens = (person = 'maya'): Tokens => create(TokensSchema, {
    accessToken: `access-${++count}`, refreshToken: `refresh-${count}`, accessExpireTime: timestampFromMs(world.now + world.lifetime), person: { id: person }, organisation: { id: 'home' },
  });
  const refresh = async (token: string): Promise<Tokens> => {
    await Promise.resolve();
    if (world.fails) throw new ConnectError('no', world.fails);
    if (used.includes(token)) throw new ConnectError('used twice', Code.Unauthenticated);
    used.push(token);
    return tokens();
  };
  const tab = () => {
    const changes: string[] = [];
    const heard: ((m: Told) => void)[] = [];
    const borders: Borders = {
      storage: { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => void kept.set(k, v), removeItem: (k) => void kept.delete(k) },
      locked: (work) => {
        const next = last.then(work, work);
        last = next.catch(() => undefined);
        return next;
      },
      post: (m) => tabs.filter((t) => !heard.includes(t)).forEach((t) => t(m)),
      listen: (hear) => (heard.push(hear), tabs.push(hear)),
      wait: (run, ms) => waits.push({ run, ms }),
      stop: () => undefined,
      now: () => world.now,
    };
    return { passport: new Passport(refresh, (h) => changes.push(h), borders), changes };
  };
  return { tab, tokens, world, used, waits };
}

test('nobody is signed in at first, and nothing is asked', async () => {
  const { tab, used } = browser();
  expect(await tab().passport.token()).toBe('');
  expect(used).toEqual([]);
});

test('calls at the same moment share one refresh', async () => {
  const b = browser();
  const { passport } = b.tab();
  passport.take(b.tokens());
  b.world.now += 290_000;
  const all = await Promise.all([passport.token(), passport.token(), passport.token()]);
  expect(new Set(all)).toEqual(new Set(['access-2']));
  expect(b.used).toEqual(['refresh-1']);
});

test('tabs never use a refresh token twice', async () => {
  const b = browser();
  const one = b.tab();
  const two = b.tab();
  one.passport.take(b.tokens());
  b.world.now += 290_000;
  const [first, second] = await Promise.all([one.passport.token(), two.passport.token()]);
  expect(first).toBe(second);
  expect(b.used).toHaveLength(1);
});

test('a page that is loaded again is still signed in', async () => {
  const b = browser();
  b.tab().passport.take(b.tokens());
  const again = b.tab();
  expect(again.passport.holder).toBe('home/maya');
  expect(await again.passport.token()).toBe('access-2');
  expect(again.changes).toEqual([]);
});

test('a token that was refused is replaced once, by whoever is first', async () => {
  const b = browser();
  const { passport } = b.tab();
  passport.take(b.tokens());
  expect(await Promise.all([passport.renew('access-1'), passport.renew('access-1')])).toEqual(['access-2', 'access-2']);
});

test('signing out in one tab signs out the others', () => {
  const b = browser();
  const one = b.tab();
  const two = b.tab();
  one.passport.take(b.tokens());
  two.passport.drop();
  expect(one.changes).toEqual(['home/maya', '']);
  expect(two.changes).toEqual(['home/maya', '']);
});

test('a sign-in that the server ended is over here too', async () => {
  const b = browser();
  const { passport, changes } = b.tab();
  passport.take(b.tokens());
  b.world.fails = Code.Unauthenticated;
  expect(await passport.renew('access-1')).toBe('');
  expect(changes).toEqual(['home/maya', '']);
  expect(passport.refreshToken).toBe('');
});

test('a server that does not answer ends no sign-in', async () => {
  const b = browser();
  const { passport } = b.tab();
  passport.take(b.tokens());
  b.world.fails = Code.Unavailable;
  await expect(passport.renew('access-1')).rejects.toThrow('no');
  b.world.fails = undefined;
  expect(await passport.renew('access-1')).toBe('access-2');
});

test('a token is renewed before it ends, without anybody asking', async () => {
  const b = browser();
  const { passport } = b.tab();
  passport.take(b.tokens());
  expect(b.waits.at(-1)!.ms).toBe(240_000);
  b.world.now += 240_000;
  b.waits.at(-1)!.run();
  await expect.poll(() => b.used).toEqual(['refresh-1']);
});

test('a clock that is wrong by an hour does no harm', async () => {
  const b = browser();
  const claims = btoa(JSON.stringify({ iat: 1_000, exp: 1_300 }));
  b.world.now = 3_600_000_000;
  const { passport } = b.tab();
  passport.take(create(TokensSchema, { ...b.tokens(), accessToken: `x.${claims}.y`, accessExpireTime: timestampFromMs(1_300_000) }));
  expect(await passport.token()).toBe(`x.${claims}.y`);
});
