import type { Client } from '@connectrpc/connect';
import type { AuditEntry } from '../gen/parley/identity/v1/identity_pb.js';
import type { OrganisationService, VerifyAuditResponse } from '../gen/parley/identity/v1/organisation_service_pb.js';
import { Asking } from '../state/asking';
import { identityFailure } from './words';

export interface AuditState {
  /** The newest first. */
  readonly entries: readonly AuditEntry[];
  /** Only this action; empty for all. */
  readonly action: string;
  readonly more: boolean;
  readonly loaded: boolean;
  /** What the last verification found. */
  readonly verified?: VerifyAuditResponse;
  readonly failure: string;
}

const PAGE = 50;

/** What was done in the organisation. */
export class Audit extends Asking<AuditState> {
  private pageToken = '';
  private asked = 0;

  constructor(private readonly organisations: Client<typeof OrganisationService>) {
    super({ entries: [], action: '', more: false, loaded: false, failure: '' }, 'The audit log');
  }

  /** Shows only an action, or all; a later wish overtakes an earlier one. */
  async show(action: string): Promise<void> {
    this.change({ action });
    this.pageToken = '';
    await this.read([]);
  }

  async readMore(): Promise<void> {
    await this.read(this.state.entries);
  }

  /** Has the server compute the chain of hashes anew. */
  verify(): Promise<boolean> {
    return this.attempt(async () => this.change({ verified: await this.organisations.verifyAudit({}, { timeoutMs: 120_000 }) }));
  }

  protected override wordsOf(error: unknown): string {
    return identityFailure(error);
  }

  private async read(before: readonly AuditEntry[]): Promise<void> {
    const asked = ++this.asked;
    await this.attempt(async () => {
      const page = await this.organisations.listAuditEntries({ pageSize: PAGE, pageToken: this.pageToken, action: this.state.action });
      if (asked !== this.asked) return;
      this.pageToken = page.nextPageToken;
      this.change({ entries: [...before, ...page.entries], more: page.nextPageToken !== '', loaded: true });
    });
  }
}

/** `Made a key` for what is known; the method's own name for what is not. */
export function actionWords(action: string): string {
  const method = action.slice(action.lastIndexOf('/') + 1);
  return ACTIONS[method] ?? method.replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (c) => c.toUpperCase());
}

const ACTIONS: Record<string, string> = {
  sign_up: 'Signed up', SignUp: 'Signed up', sign_in: 'Signed in', SignIn: 'Signed in', sign_out: 'Signed out', SignOut: 'Signed out',
  ChangePassword: 'Changed the password', ResetPassword: 'Set a new password', VerifyEmail: 'Verified the address', UpdateMe: 'Changed the profile',
  CreateApiKey: 'Made a key', RevokeApiKey: 'Revoked a key', CreateServiceAccount: 'Made a service account', DeleteServiceAccount: 'Ended a service account',
  CreateInvitation: 'Invited somebody', RevokeInvitation: 'Took an invitation back', AcceptInvitation: 'Joined', UpdateMember: 'Changed a role', RemoveMember: 'Removed a member',
  CreateOrganisation: 'Made the organisation', UpdateOrganisation: 'Changed the organisation', DeleteOrganisation: 'Ended the organisation',
  ForgetMe: 'Had everything forgotten', CreateCharacter: 'Made a character', UpdateCharacter: 'Changed a character', DeleteCharacter: 'Deleted a character',
  UploadDocument: 'Brought a document', DeleteDocument: 'Deleted a document',
};
