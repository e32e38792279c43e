import type { Plan, Usage } from '../../gen/parley/identity/v1/identity_pb.js';
import { timeWords } from '../../identity/words';
import { sizeOf } from '../../knowledge/words';
import { Panel } from './Panel';

/** What was used of the plan, against its limits. */
export function PlanPanel({ plan, usage }: { plan: Plan; usage: Usage }) {
  const plain = (n: number): string => n.toLocaleString('en');
  const minutes = Number(usage.speechSeconds) / 60;
  return (
    <Panel title="Plan and usage" lead={`The plan is “${plan.id}”. What counts by month begins anew on ${timeWords(usage.resetTime)}.`}>
      <ul className="meters">
        <Meter name="Turns this month" used={Number(usage.turns)} most={Number(plan.turns)} words={plain} />
        <Meter name="Minutes of speech this month" used={minutes} most={Number(plan.speechMinutes)} words={(n) => plain(Math.ceil(n))} />
        <Meter name="Calls this month" used={Number(usage.calls)} most={Number(plan.calls)} words={plain} />
        <Meter name="Documents kept" used={Number(usage.documents)} most={Number(plan.documents)} words={plain} />
        <Meter name="Storage" used={Number(usage.storageBytes)} most={Number(plan.storageBytes)} words={sizeOf} />
      </ul>
    </Panel>
  );
}

/** A most of 0 is no limit. */
function Meter({ name, used, most, words }: { name: string; used: number; most: number; words(n: number): string }) {
  const share = most > 0 ? Math.min(1, used / most) : 0;
  return (
    <li data-tight={share > 0.9}>
      <span>{name}</span>
      <strong>{words(used)}{most > 0 && <small> of {words(most)}</small>}</strong>
      {most > 0
        ? <span className="bar" role="meter" aria-label={name} aria-valuemin={0} aria-valuemax={most} aria-valuenow={Math.min(used, most)} aria-valuetext={`${words(used)} of ${words(most)}`}><i style={{ width: `${share * 100}%` }} /></span>
        : <small>without limit</small>}
    </li>
  );
}
