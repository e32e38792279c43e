import { Code, ConnectError } from '@connectrpc/connect';
import { timestampDate, type Timestamp } from '@bufbuild/protobuf/wkt';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from '../gen/google/rpc/error_details_pb.js';
import { Permission, Role } from '../gen/parley/type/v1/access_pb.js';

/** Roles that may be given, the least first, and what each may do. */
export const ROLES: readonly { readonly role: Role; readonly name: string; readonly may: string }[] = [
  { role: Role.VIEWER, name: 'Viewer', may: 'looks, and changes nothing' },
  { role: Role.MEMBER, name: 'Member', may: 'talks to the characters' },
  { role: Role.EDITOR, name: 'Editor', may: 'makes characters and brings documents' },
  { role: Role.ADMIN, name: 'Admin', may: 'invites people, makes keys, reads the audit log' },
  { role: Role.OWNER, name: 'Owner', may: 'changes and ends the organisation' },
];

export function roleName(role: Role): string {
  return ROLES.find((r) => r.role === role)?.name ?? 'No role';
}

/** Permissions that a key may have, in groups as they belong together. */
export const PERMISSIONS: readonly { readonly group: string; readonly all: readonly { readonly permission: Permission; readonly name: string }[] }[] = [
  { group: 'Conversations', all: [{ permission: Permission.CONVERSATIONS_READ, name: 'read' }, { permission: Permission.CONVERSATIONS_WRITE, name: 'talk' }] },
  { group: 'Characters', all: [{ permission: Permission.CHARACTERS_READ, name: 'read' }, { permission: Permission.CHARACTERS_WRITE, name: 'change' }] },
  { group: 'Documents', all: [{ permission: Permission.DOCUMENTS_READ, name: 'read' }, { permission: Permission.DOCUMENTS_WRITE, name: 'change' }] },
  { group: 'Memories', all: [{ permission: Permission.MEMORIES_READ, name: 'read' }, { permission: Permission.MEMORIES_WRITE, name: 'change' }] },
  { group: 'Vectors', all: [{ permission: Permission.VECTORS_READ, name: 'read' }, { permission: Permission.VECTORS_WRITE, name: 'change' }] },
  { group: 'Speech and video', all: [{ permission: Permission.SPEECH_USE, name: 'speech' }, { permission: Permission.RENDER_USE, name: 'video' }] },
  {
    group: 'Organisation',
    all: [
      { permission: Permission.ORGANISATION_READ, name: 'read' }, { permission: Permission.MEMBERS_WRITE, name: 'members' }, { permission: Permission.KEYS_WRITE, name: 'keys' },
      { permission: Permission.AUDIT_READ, name: 'audit log' }, { permission: Permission.ORGANISATION_WRITE, name: 'change' },
    ],
  },
];

/** `Conversations: talk` for a permission that is known, its own name for one that is not. */
export function permissionWords(permission: Permission): string {
  for (const { group, all } of PERMISSIONS) {
    const found = all.find((p) => p.permission === permission);
    if (found) return `${group}: ${found.name}`;
  }
  return Permission[permission]?.toLowerCase() ?? String(permission);
}

const REASONS: Record<string, string> = {
  SIGN_IN_FAILED: 'The address and the password do not fit.',
  TOKEN_INVALID: 'This link was used already, or it has ended. Ask for a new one.',
  ALREADY_EXISTS: 'There is an account with this address already. Sign in instead.',
  SIGN_UP_CLOSED: 'Only invited people may sign up here. Ask somebody for an invitation.',
  PROVIDER_NOT_FOUND: 'This way of signing in is not set up any more.',
  LAST_OWNER: 'Somebody has to stay the owner. Make somebody else one first.',
  PERMISSION_DENIED: 'Your role does not allow that.',
  UNAUTHENTICATED: 'You are not signed in any more.',
  MEMBER_NOT_FOUND: 'That person is not a member any more.',
  ORGANISATION_NOT_FOUND: 'You are not a member of that organisation any more.',
};

/** What went wrong with who one is, for a person. */
export function identityFailure(error: unknown): string {
  const failure = ConnectError.from(error);
  const reason = failure.findDetails(ErrorInfoSchema)[0]?.reason ?? '';
  const wait = failure.findDetails(RetryInfoSchema)[0]?.retryDelay;
  if (wait && (reason === 'LOCKED_OUT' || reason === 'RATE_LIMITED')) return `Too many tries. Wait ${durationWords(Number(wait.seconds) + wait.nanos / 1e9)}, then try again.`;
  if (reason === 'LOCKED_OUT' || reason === 'RATE_LIMITED') return 'Too many tries. Wait a few minutes, then try again.';
  if (REASONS[reason]) return REASONS[reason];
  if (failure.code === Code.Unavailable || failure.code === Code.DeadlineExceeded) return 'The server does not answer now. Try again in a moment.';
  const field = failure.findDetails(BadRequestSchema)[0]?.fieldViolations[0];
  return field?.description || failure.rawMessage || 'It did not work. Try again.';
}

/** `40 seconds`, `3 minutes` or `2 hours`; never less than it is. */
export function durationWords(seconds: number): string {
  const of = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`;
  if (seconds <= 90) return of(Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds <= 5400) return of(Math.ceil(seconds / 60), 'minute');
  return of(Math.ceil(seconds / 3600), 'hour');
}

/** `3 May, 14:05`, with the year of another year. */
export function timeWords(time: Timestamp | undefined, now = new Date()): string {
  if (!time) return '';
  const at = timestampDate(time);
  const year = at.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** The program of a sign-in, as a person knows it: `Firefox on Linux`. */
export function programWords(userAgent: string): string {
  const browser = [['Edg/', 'Edge'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']].find(([mark]) => userAgent.includes(mark!))?.[1];
  if (!browser) return userAgent || 'A program without a name';
  const system = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Mac OS', 'macOS'], ['Windows', 'Windows'], ['Linux', 'Linux']].find(([mark]) => userAgent.includes(mark!))?.[1];
  return system ? `${browser} on ${system}` : browser;
}
