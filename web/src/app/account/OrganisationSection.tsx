import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { Permission } from '../../gen/parley/type/v1/access_pb.js';
import { enter, organisations, who } from '../../api/identity';
import { OrganisationDesk } from '../../identity/organisation';
import type { WhoState } from '../../identity/who';
import { EndOrganisation } from './EndOrganisation';
import { InvitePanel } from './InvitePanel';
import { MembersPanel } from './MembersPanel';
import { OrganisationPanel } from './OrganisationPanel';
import { Failed } from './Panel';
import { PlanPanel } from './PlanPanel';

/** The organisation that the page is used in: its people, its plan, and itself. */
export function OrganisationSection({ state }: { state: WhoState }) {
  const desk = useMemo(() => new OrganisationDesk(organisations, who, enter), []);
  const { all, members, invitations, invited, plan, usage, loaded, failure } = useSyncExternalStore(desk.subscribe, desk.snapshot);
  useEffect(() => void desk.load(), [desk]);
  const local = state.presence === 'local';
  const owns = who.may(Permission.ORGANISATION_WRITE);
  return (
    <>
      <Failed onAgain={() => void desk.load()}>{failure}</Failed>
      {plan && usage && <PlanPanel plan={plan} usage={usage} />}
      {loaded && !local && <MembersPanel members={members} state={state} desk={desk} />}
      {loaded && !local && who.may(Permission.MEMBERS_WRITE) && <InvitePanel invitations={invitations} invited={invited} mine={state.role} desk={desk} />}
      {loaded && <OrganisationPanel key={state.organisation?.displayName} state={state} all={all} desk={desk} />}
      {loaded && !local && owns && <EndOrganisation name={state.organisation?.displayName ?? ''} desk={desk} />}
    </>
  );
}
