import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { expect, test } from 'vitest';
import { ErrorInfoSchema, RetryInfoSchema } from '../src/gen/google/rpc/error_details_pb.js';
import { IdentityService } from '../src/gen/parley/identity/v1/identity_service_pb.js';
import { Role } from '../src/gen/parley/type/v1/access_pb.js';
import { actionWords } from '../src/identity/audit';
import { originsOf } from '../src/identity/keys';
import { isDoor, routeOf } from '../src/identity/links';
import { Who } from '../src/identity/who';
import { durationWords, identityFailure, programWords } from '../src/identity/words';
import { forgetPerson, perPerson } from '../src/state/per-person';

const at = (href: string) => routeOf(new URL(href, 'http://127.0.0.1:8080'));

test('links of mails and places of the account are told from the address', () => {
  expect(at('/')).toEqual({ at: 'talk' });
  expect(at('/#invitation=ab_c-==')).toEqual({ at: 'invitation', token: 'ab_c-==' });
  expect(at('/#reset=t')).toEqual({ at: 'reset', token: 't' });
  expect(at('/#account/keys')).toEqual({ at: 'account', tab: 'keys' });
  expect(at('/#account/nothing')).toEqual({ at: 'account', tab: 'you' });
  expect(at('/signed-in?state=s&code=c')).toEqual({ at: 'returned', state: 's', code: 'c' });
  expect(at('/#reset=')).toEqual({ at: 'talk' });
  expect(isDoor(at('/#verify=t'))).toBe(true);
  expect(isDoor(at('/#account'))).toBe(false);
});

const presence = async (getMe: () => object) => {
  const transport = createRouterTransport((router) => router.service(IdentityService, { getMe }));
  const who = new Who(createClient(IdentityService, transport), () => undefined);
  await who.ask();
  return who.snapshot();
};
const fails = (code: Code) => () => {
  throw new ConnectError('no', code);
};

test('who uses the page: the owner of the machine, somebody, somebody who has to sign in, nobody asked', async () => {
  expect(await presence(() => ({ person: { id: 'local' }, role: Role.OWNER }))).toMatchObject({ presence: 'local', role: Role.OWNER });
  expect(await presence(() => ({ person: { id: 'p' }, organisation: { id: 'o' } }))).toMatchObject({ presence: 'signed-in' });
  expect(await presence(fails(Code.Unauthenticated))).toMatchObject({ presence: 'signed-out' });
  expect(await presence(fails(Code.Unimplemented))).toMatchObject({ presence: 'none' });
  expect(await presence(fails(Code.Unavailable))).toMatchObject({ presence: 'unknown' });
});

test('reasons are told in words, with how long to wait', () => {
  const locked = new ConnectError('x', Code.ResourceExhausted, undefined, [{ desc: ErrorInfoSchema, value: { reason: 'LOCKED_OUT' } }, { desc: RetryInfoSchema, value: { retryDelay: { seconds: 170n } } }]);
  expect(identityFailure(locked)).toBe('Too many tries. Wait 3 minutes, then try again.');
  expect(identityFailure(new ConnectError('x', Code.Unavailable))).toMatch(/does not answer/);
  expect(identityFailure(new ConnectError('said so', Code.InvalidArgument))).toBe('said so');
  expect([durationWords(0.2), durationWords(60), durationWords(95), durationWords(7200)]).toEqual(['1 second', '60 seconds', '2 minutes', '2 hours']);
});

test('origins are taken one a line, and the first that is none is named', () => {
  expect(originsOf('https://shop.example\nhttp://localhost:3000,')).toEqual({ origins: ['https://shop.example', 'http://localhost:3000'], wrong: '' });
  expect(originsOf('https://shop.example/path').wrong).toBe('https://shop.example/path');
  expect(originsOf('shop.example').wrong).toBe('shop.example');
});

test('actions and programs have names that a person knows', () => {
  expect(actionWords('parley.identity.v1.KeyService/CreateApiKey')).toBe('Made a key');
  expect(actionWords('parley.render.v1.RenderService/StartVideoJob')).toBe('Start Video Job');
  expect(programWords('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36')).toBe('Chrome on Linux');
  expect(programWords('parley-cli')).toBe('parley-cli');
});

test('what was kept for one person is gone for the next', () => {
  const kept = perPerson<string, number>();
  kept.set('a', 1);
  forgetPerson();
  expect(kept.size).toBe(0);
});
