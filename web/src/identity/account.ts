import type { Client } from '@connectrpc/connect';
import type { SignedIn } from '../gen/parley/identity/v1/identity_pb.js';
import type { IdentityService } from '../gen/parley/identity/v1/identity_service_pb.js';
import type { Tokens } from '../gen/parley/identity/v1/identity_pb.js';
import { Asking } from '../state/asking';
import type { Who } from './who';
import { identityFailure } from './words';

export interface AccountState {
  /** Where the person is signed in, the newest first; absent until asked. */
  readonly signIns?: readonly SignedIn[];
  readonly failure: string;
}

/** The person's own account. */
export class Account extends Asking<AccountState> {
  /** @param enter takes new tokens into use */
  constructor(private readonly identity: Client<typeof IdentityService>, private readonly who: Who, private readonly enter: (tokens: Tokens | undefined) => void) {
    super({ failure: '' }, 'The accounts');
  }

  async load(): Promise<void> {
    await this.attempt(async () => this.change({ signIns: (await this.identity.listSignIns({})).signIns }));
  }

  saveProfile(displayName: string, language: string): Promise<boolean> {
    return this.attempt(async () => this.who.now({ person: (await this.identity.updateMe({ displayName, language })).person }));
  }

  changePassword(oldPassword: string, newPassword: string): Promise<boolean> {
    return this.attempt(async () => {
      this.enter((await this.identity.changePassword({ oldPassword, newPassword })).tokens);
      this.change({ signIns: (await this.identity.listSignIns({})).signIns });
    });
  }

  sendVerification(): Promise<boolean> {
    return this.attempt(() => this.identity.requestVerification({}));
  }

  protected override wordsOf(error: unknown): string {
    return identityFailure(error);
  }
}
