import type { Client } from '@connectrpc/connect';
import type { Invitation, Member, Organisation, Plan, Tokens, Usage } from '../gen/parley/identity/v1/identity_pb.js';
import type { OrganisationService } from '../gen/parley/identity/v1/organisation_service_pb.js';
import { Permission, type Role } from '../gen/parley/type/v1/access_pb.js';
import { Asking } from '../state/asking';
import { randomId } from '../state/random';
import type { Who } from './who';
import { identityFailure } from './words';

export interface OrganisationState {
  /** Those that the person is a member of. */
  readonly all: readonly Organisation[];
  /** By name. */
  readonly members: readonly Member[];
  /** Not yet accepted, the newest first. */
  readonly invitations: readonly Invitation[];
  /** The one made last, with its link where no mail is set up. */
  readonly invited?: { readonly email: string; readonly link: string };
  readonly plan?: Plan;
  readonly usage?: Usage;
  readonly loaded: boolean;
  readonly failure: string;
}

const PAGE = 200;
const MOST = 2_000;

/** The organisation that the page is used in, and who is in it. */
export class OrganisationDesk extends Asking<OrganisationState> {
  /** @param enter takes new tokens into use */
  constructor(private readonly organisations: Client<typeof OrganisationService>, private readonly who: Who, private readonly enter: (tokens: Tokens | undefined) => void) {
    super({ all: [], members: [], invitations: [], loaded: false, failure: '' }, 'The organisation');
  }

  /** Reads what the person's role allows to see. */
  async load(): Promise<void> {
    await this.attempt(async () => {
      const [members, { plan, usage }] = await Promise.all([this.everybody(), this.organisations.getUsage({})]);
      this.change({ members, plan, usage, loaded: true });
      if (this.who.may(Permission.MEMBERS_WRITE)) this.change({ invitations: (await this.organisations.listInvitations({})).invitations });
      this.change({ all: (await this.organisations.listOrganisations({})).organisations });
    });
  }

  invite(email: string, role: Role): Promise<boolean> {
    return this.attempt(async () => {
      const { invitation, link } = await this.organisations.createInvitation({ email, role, requestId: randomId() });
      this.change({ invitations: invitation ? [invitation, ...this.state.invitations] : this.state.invitations, invited: { email, link } });
    });
  }

  revoke(invitationId: string): Promise<boolean> {
    return this.attempt(async () => {
      await this.organisations.revokeInvitation({ invitationId });
      this.change({ invitations: this.state.invitations.filter((i) => i.id !== invitationId), invited: undefined });
    });
  }

  setRole(personId: string, role: Role): Promise<boolean> {
    return this.attempt(async () => {
      const { member } = await this.organisations.updateMember({ personId, role });
      this.change({ members: this.state.members.map((m) => (member && m.person?.id === personId ? member : m)) });
      if (personId === this.who.snapshot().person?.id) await this.who.ask();
    });
  }

  remove(personId: string): Promise<boolean> {
    return this.attempt(async () => {
      await this.organisations.removeMember({ personId });
      this.change({ members: this.state.members.filter((m) => m.person?.id !== personId) });
    });
  }

  rename(displayName: string): Promise<boolean> {
    return this.update({ displayName });
  }

  /** Whether personal data is masked in transcripts from now on. */
  mask(maskTranscripts: boolean): Promise<boolean> {
    return this.update({ maskTranscripts });
  }

  switchTo(organisationId: string): Promise<boolean> {
    return this.attempt(async () => this.enter((await this.organisations.switchOrganisation({ organisationId })).tokens));
  }

  /** Makes one more, and goes there. */
  create(displayName: string): Promise<boolean> {
    return this.attempt(async () => {
      const { organisation } = await this.organisations.createOrganisation({ displayName, requestId: randomId() });
      if (organisation) this.enter((await this.organisations.switchOrganisation({ organisationId: organisation.id })).tokens);
    });
  }

  /** Ends it with everything in it; `displayName` is its name, once more. */
  end(displayName: string): Promise<boolean> {
    return this.attempt(() => this.organisations.deleteOrganisation({ displayName }));
  }

  protected override wordsOf(error: unknown): string {
    return identityFailure(error);
  }

  private update(part: { displayName?: string; maskTranscripts?: boolean }): Promise<boolean> {
    return this.attempt(async () => this.who.now({ organisation: (await this.organisations.updateOrganisation(part)).organisation }));
  }

  private async everybody(): Promise<Member[]> {
    const all: Member[] = [];
    let pageToken = '';
    do {
      const page = await this.organisations.listMembers({ pageSize: PAGE, pageToken });
      all.push(...page.members);
      pageToken = page.nextPageToken;
    } while (pageToken && all.length < MOST);
    return all;
  }
}
