import type { Role } from '../../gen/parley/type/v1/access_pb.js';
import { ROLES } from '../../identity/words';

/** A role, at most `most`. */
export function RoleSelect({ label, role, most, onRole, plain }: { label: string; role: Role; most: Role; onRole(r: Role): void; plain?: boolean }) {
  const select = (
    <select aria-label={plain ? undefined : label} value={role} onChange={(e) => onRole(Number(e.target.value))}>
      {ROLES.filter((r) => r.role <= most).map((r) => <option key={r.role} value={r.role}>{plain ? `${r.name}: ${r.may}` : r.name}</option>)}
    </select>
  );
  return plain ? <label className="field"><span>{label}</span>{select}</label> : <span className="select">{select}</span>;
}
