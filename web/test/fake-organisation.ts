import { createHash } from 'node:crypto';
import { Code, type ConnectRouter } from '@connectrpc/connect';
import { create } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ApiKeyKind, ApiKeySchema, InvitationSchema, ServiceAccountSchema, type ApiKey, type Invitation, type ServiceAccount } from '../src/gen/parley/identity/v1/identity_pb.js';
import { KeyService } from '../src/gen/parley/identity/v1/key_service_pb.js';
import { OrganisationService } from '../src/gen/parley/identity/v1/organisation_service_pb.js';
import { Permission, Role } from '../src/gen/parley/type/v1/access_pb.js';
import { refusal, type FakeIdentity } from './fake-identity';

const WEEK_MS = 7 * 86_400_000;

/** Members, invitations, keys and the audit log of the fake's organisations. */
export function organisationRoutes(router: ConnectRouter, identity: FakeIdentity): void {
  const invited: Invitation[] = [];
  let keys: ApiKey[] = [];
  let accounts: ServiceAccount[] = [];
  let count = 0;
  const now = () => timestampFromDate(new Date());
  router.service(OrganisationService, {
    listOrganisations: (_, c) => ({ organisations: [identity.caller(c).organisation] }),
    getOrganisation: (_, c) => ({ organisation: identity.caller(c, Permission.ORGANISATION_READ).organisation }),
    updateOrganisation: ({ displayName, maskTranscripts }, c) => {
      const { organisation } = identity.caller(c, Permission.ORGANISATION_WRITE);
      return { organisation: Object.assign(organisation, displayName && { displayName }, maskTranscripts !== undefined && { maskTranscripts }) };
    },
    listMembers: (_, c) => ({ members: identity.members(identity.caller(c).organisation).map(({ person, role }) => ({ person, role, joinTime: person.createTime })) }),
    updateMember: ({ personId, role }, c) => {
      const { organisation } = identity.caller(c, Permission.MEMBERS_WRITE);
      const all = identity.members(organisation);
      const member = all.find((m) => m.person.id === personId)!;
      if (member.role === Role.OWNER && all.filter((m) => m.role === Role.OWNER).length === 1) throw refusal(Code.FailedPrecondition, 'LAST_OWNER');
      member.role = role;
      return { member: { person: member.person, role } };
    },
    removeMember: ({ personId }, c) => {
      identity.leave(identity.members(identity.caller(c, Permission.MEMBERS_WRITE).organisation).find((m) => m.person.id === personId)!);
      return {};
    },
    createInvitation: ({ email, role }, c) => {
      const me = identity.caller(c, Permission.MEMBERS_WRITE);
      const invitation = create(InvitationSchema, { id: `invitation-${++count}`, email, role, expireTime: timestampFromDate(new Date(Date.now() + WEEK_MS)), createTime: now() });
      invited.unshift(invitation);
      identity.invitations.set(invitation.id, { email, role, organisation: me.organisation });
      identity.audit(me, 'parley.identity.v1.OrganisationService/CreateInvitation', `invitation/${invitation.id}`);
      return { invitation, link: `${identity.url}/#invitation=${invitation.id}` };
    },
    listInvitations: () => ({ invitations: invited.filter((i) => identity.invitations.has(i.id)) }),
    revokeInvitation: ({ invitationId }) => (identity.invitations.delete(invitationId), {}),
    acceptInvitation: ({ token }, c) => ({ tokens: identity.join(identity.caller(c), token) }),
    getUsage: (_, c) => ({
      plan: identity.caller(c).organisation.plan,
      usage: { turns: 412n, speechSeconds: 4_310n, documents: 37n, storageBytes: 1_870_000_000n, calls: 9_021n, resetTime: timestampFromDate(new Date(Date.now() + WEEK_MS)) },
    }),
    listAuditEntries: ({ action }, c) => {
      identity.caller(c, Permission.AUDIT_READ);
      const all = identity.audited.map(({ actor, time, ...e }, i) => ({ number: BigInt(i + 1), actor: `p-${hash(actor).slice(0, 10)}`, actorName: actor, time: timestampFromDate(time), hash: hash(String(i)), ...e }));
      return { entries: all.filter((e) => !action || e.action === action).reverse() };
    },
    verifyAudit: () => ({ intact: true, entries: BigInt(identity.audited.length), head: hash(String(identity.audited.length)) }),
  });
  router.service(KeyService, {
    createApiKey: (q, c) => {
      const me = identity.caller(c, Permission.KEYS_WRITE);
      const { displayName, permissions, origins, characterIds, expireTime, serviceAccountId } = q;
      const kind = q.kind || ApiKeyKind.SECRET;
      const secret = `pk_${hash(`${displayName}${++count}`)}`;
      const key = create(ApiKeySchema, { id: `key-${count}`, displayName, prefix: secret.slice(0, 11), kind, permissions, origins, characterIds, expireTime, serviceAccountId, createTime: now() });
      keys = [key, ...keys];
      identity.audit(me, 'parley.identity.v1.KeyService/CreateApiKey', `api_key/${key.id}`);
      return { key, secret };
    },
    listApiKeys: (_, c) => (identity.caller(c, Permission.KEYS_WRITE), { keys }),
    revokeApiKey: ({ keyId }, c) => {
      identity.audit(identity.caller(c, Permission.KEYS_WRITE), 'parley.identity.v1.KeyService/RevokeApiKey', `api_key/${keyId}`);
      keys = keys.filter((k) => k.id !== keyId);
      return {};
    },
    createServiceAccount: ({ displayName, role }) => {
      const account = create(ServiceAccountSchema, { id: `account-${++count}`, displayName, role, createTime: now() });
      accounts = [...accounts, account];
      return { serviceAccount: account };
    },
    listServiceAccounts: () => ({ serviceAccounts: accounts }),
    deleteServiceAccount: ({ serviceAccountId }) => {
      accounts = accounts.filter((a) => a.id !== serviceAccountId);
      return {};
    },
  });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
