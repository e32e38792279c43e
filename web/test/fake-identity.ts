import { Code, ConnectError, type ConnectRouter, type HandlerContext } from '@connectrpc/connect';
import { create } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ErrorInfoSchema } from '../src/gen/google/rpc/error_details_pb.js';
import { OrganisationSchema, PersonSchema, TokensSchema, type Organisation, type Person, type Tokens } from '../src/gen/parley/identity/v1/identity_pb.js';
import { IdentityService } from '../src/gen/parley/identity/v1/identity_service_pb.js';
import { Permission, Role } from '../src/gen/parley/type/v1/access_pb.js';

export interface Somebody {
  readonly person: Person;
  readonly organisation: Organisation;
  role: Role;
}
interface Known {
  password: string;
  person: Person;
  readonly in: Somebody[];
}
/** One sign-in, from its first token to the end. */
interface Family {
  readonly of: Somebody;
  refresh: string;
  readonly since: Date;
  over: boolean;
}

const LEAST: readonly (readonly [Permission, Role])[] = [
  [Permission.CONVERSATIONS_READ, Role.VIEWER], [Permission.CONVERSATIONS_WRITE, Role.MEMBER], [Permission.CHARACTERS_READ, Role.VIEWER], [Permission.CHARACTERS_WRITE, Role.EDITOR],
  [Permission.DOCUMENTS_READ, Role.VIEWER], [Permission.DOCUMENTS_WRITE, Role.EDITOR], [Permission.MEMORIES_READ, Role.VIEWER], [Permission.MEMORIES_WRITE, Role.MEMBER],
  [Permission.SPEECH_USE, Role.MEMBER], [Permission.RENDER_USE, Role.MEMBER], [Permission.ORGANISATION_READ, Role.VIEWER], [Permission.MEMBERS_WRITE, Role.ADMIN],
  [Permission.KEYS_WRITE, Role.ADMIN], [Permission.AUDIT_READ, Role.ADMIN], [Permission.ORGANISATION_WRITE, Role.OWNER],
];

/** People and their tokens, which are numbers; nothing of it ships. */
export class FakeIdentity {
  /** How long an access token is good. */
  accessSeconds = 900;
  refreshes = 0;
  readonly local: Somebody = { person: create(PersonSchema, { id: 'local', displayName: 'You' }), organisation: create(OrganisationSchema, { id: 'local', displayName: 'This machine', plan: { id: 'local' } }), role: Role.OWNER };
  readonly invitations = new Map<string, { readonly email: string; readonly role: Role; readonly organisation: Organisation }>();
  readonly audited: { actor: string; action: string; target: string; outcome: string; time: Date }[] = [];
  private readonly known = new Map<string, Known>();
  private readonly access = new Map<string, { readonly family: Family; readonly endsAt: number }>();
  private readonly families: Family[] = [];
  private readonly tickets = new Set<string>();
  private count = 0;

  constructor(readonly url: string, private readonly demanding: boolean) {}

  admits(authorization: string | undefined): boolean {
    return authorization ? this.somebody(authorization) !== undefined : !this.demanding;
  }

  ticketFits(protocols: string): boolean {
    const ticket = /parley\.ticket\.([\w-]+)/.exec(protocols)?.[1];
    return ticket ? this.tickets.delete(ticket) : !this.demanding;
  }

  caller(context: HandlerContext, needs?: Permission): Somebody {
    const authorization = context.requestHeader.get('authorization');
    const somebody = authorization ? this.somebody(authorization) : this.demanding ? undefined : this.local;
    if (!somebody) throw refusal(Code.Unauthenticated, 'UNAUTHENTICATED');
    if (needs !== undefined && !permissionsOf(somebody.role).includes(needs)) throw refusal(Code.PermissionDenied, 'PERMISSION_DENIED');
    return somebody;
  }

  audit(who: Somebody, action: string, target = '', outcome = 'done'): void {
    this.audited.push({ actor: who.person.displayName, action, target, outcome, time: new Date() });
  }

  members(organisation: Organisation): Somebody[] {
    return [...this.known.values()].flatMap((k) => k.in.filter((s) => s.organisation.id === organisation.id));
  }

  leave(member: Somebody): void {
    const known = this.known.get(member.person.email)!;
    known.in.splice(known.in.indexOf(member), 1);
  }

  /** Makes an account as a test needs one. */
  put(email: string, displayName: string, password: string, organisation?: Organisation, role = Role.OWNER): Somebody {
    const person = create(PersonSchema, { id: `person-${++this.count}`, email, displayName, createTime: timestampFromDate(new Date()) });
    const home = organisation ?? create(OrganisationSchema, { id: `organisation-${this.count}`, displayName: `${displayName}’s`, plan: { id: 'free', turns: 2000n, speechMinutes: 300n, documents: 100n, storageBytes: 2_000_000_000n } });
    const somebody = { person, organisation: home, role };
    this.known.set(email, { password, person, in: [somebody] });
    return somebody;
  }

  routes(router: ConnectRouter): void {
    router.service(IdentityService, {
      signUp: (q) => {
        if (this.known.has(q.email)) throw refusal(Code.AlreadyExists, 'ALREADY_EXISTS');
        const invitation = q.invitationToken ? this.invitation(q.invitationToken) : undefined;
        const somebody = this.put(q.email, q.displayName, q.password, invitation?.organisation, invitation?.role);
        if (!invitation && q.organisationName) somebody.organisation.displayName = q.organisationName;
        this.audit(somebody, 'sign_up');
        return { tokens: this.signIn(somebody) };
      },
      signIn: ({ email, password }) => {
        const known = this.known.get(email);
        if (known?.password !== password) throw refusal(Code.Unauthenticated, 'SIGN_IN_FAILED');
        this.audit(known.in[0]!, 'sign_in');
        return { tokens: this.signIn(known.in[0]!) };
      },
      refreshTokens: ({ refreshToken }) => {
        this.refreshes++;
        const family = this.families.find((f) => f.refresh === refreshToken && !f.over);
        if (!family) {
          // Used twice: the whole family ends.
          for (const f of this.families) if (refreshToken.startsWith(f.refresh.replace(/\d+$/, ''))) f.over = true;
          throw refusal(Code.Unauthenticated, 'TOKEN_INVALID');
        }
        return { tokens: this.tokens(family) };
      },
      signOut: ({ refreshToken, everywhere }) => {
        const family = this.families.find((f) => f.refresh === refreshToken);
        for (const f of this.families) if (f === family || (everywhere && f.of.person.id === family?.of.person.id)) f.over = true;
        return {};
      },
      listProviders: () => ({ providers: [{ id: 'example', displayName: 'Example' }], passwords: true, signUp: true }),
      startOpenId: ({ redirectUri }) => ({ authorisationUri: `${redirectUri}?state=state-1&code=code-1`, state: 'state-1' }),
      finishOpenId: ({ code }) => {
        if (code !== 'code-1') throw refusal(Code.Unauthenticated, 'SIGN_IN_FAILED');
        return { tokens: this.signIn(this.known.get('sam@example.org')?.in[0] ?? this.put('sam@example.org', 'Sam Rivers', '')) };
      },
      requestPasswordReset: () => ({}),
      resetPassword: ({ token, password }) => {
        const known = this.known.get(token);
        if (!known) throw refusal(Code.Unauthenticated, 'TOKEN_INVALID');
        known.password = password;
        return {};
      },
      verifyEmail: ({ token }) => {
        const known = this.known.get(token);
        if (!known) throw refusal(Code.Unauthenticated, 'TOKEN_INVALID');
        known.person.emailVerified = true;
        return {};
      },
      getMe: (_, context) => {
        const { person, organisation, role } = this.caller(context);
        return { person, organisation, role, permissions: permissionsOf(role) };
      },
      updateMe: ({ displayName, language }, context) => {
        const { person } = this.caller(context);
        return { person: Object.assign(person, displayName && { displayName }, language && { language }) };
      },
      changePassword: ({ oldPassword, newPassword }, context) => {
        const somebody = this.caller(context);
        const known = this.known.get(somebody.person.email)!;
        if (known.password !== oldPassword) throw refusal(Code.Unauthenticated, 'SIGN_IN_FAILED');
        known.password = newPassword;
        return { tokens: this.signIn(somebody) };
      },
      requestVerification: () => ({}),
      listSignIns: (_, context) => {
        const { person } = this.caller(context);
        const mine = this.families.filter((f) => !f.over && f.of.person.id === person.id);
        return { signIns: mine.map((f, i) => ({ id: String(i), userAgent: context.requestHeader.get('user-agent') ?? '', createTime: timestampFromDate(f.since), useTime: timestampFromDate(new Date()), current: i === 0 })) };
      },
      createTicket: (_, context) => {
        this.caller(context);
        const ticket = `ticket-${++this.count}`;
        this.tickets.add(ticket);
        return { ticket };
      },
    });
  }

  invitation(token: string) {
    const invitation = this.invitations.get(token);
    if (!invitation) throw refusal(Code.Unauthenticated, 'TOKEN_INVALID');
    this.invitations.delete(token);
    return invitation;
  }

  join(somebody: Somebody, token: string): Tokens {
    const { organisation, role } = this.invitation(token);
    const member = { person: somebody.person, organisation, role };
    this.known.get(somebody.person.email)!.in.push(member);
    this.audit(member, 'parley.identity.v1.OrganisationService/AcceptInvitation');
    return this.signIn(member);
  }

  private signIn(of: Somebody): Tokens {
    const family = { of, refresh: `refresh-${++this.count}-0`, since: new Date(), over: false };
    this.families.push(family);
    return this.tokens(family);
  }

  private tokens(family: Family): Tokens {
    const token = `access-${++this.count}`;
    const endsAt = Date.now() + this.accessSeconds * 1000;
    this.access.set(token, { family, endsAt });
    family.refresh = family.refresh.replace(/\d+$/, (n) => String(Number(n) + 1));
    const { person, organisation, role } = family.of;
    return create(TokensSchema, { accessToken: token, accessExpireTime: timestampFromDate(new Date(endsAt)), refreshToken: family.refresh, person, organisation, role });
  }

  private somebody(authorization: string): Somebody | undefined {
    const held = this.access.get(authorization.replace('Bearer ', ''));
    return held && !held.family.over && held.endsAt > Date.now() ? held.family.of : undefined;
  }
}

export function permissionsOf(role: Role): Permission[] {
  return LEAST.filter(([, least]) => role >= least).map(([p]) => p);
}

export function refusal(code: Code, reason: string): ConnectError {
  return new ConnectError(reason.toLowerCase(), code, undefined, [{ desc: ErrorInfoSchema, value: { reason, domain: 'parley.dev' } }]);
}
