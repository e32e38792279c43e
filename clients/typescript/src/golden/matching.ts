/** Whether JSON is as a golden conversation expects; see clients/golden/README.md. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Something was not as the conversation expects. */
export class Broken extends Error {}

export function expectMatch(expected: Json, actual: Json | undefined, path: string): void {
  const wrong = mismatch(expected, actual, path);
  if (wrong) throw new Broken(wrong);
}

export function fits(expected: Json, actual: Json | undefined): boolean {
  return mismatch(expected, actual) === undefined;
}

/** The first thing that differs, with value and expectation; undefined when it fits. */
export function mismatch(expected: Json, actual: Json | undefined, path = ''): string | undefined {
  const check = (good: boolean) => (good ? undefined : `${path}: ${JSON.stringify(actual)} (expected ${JSON.stringify(expected)})`);
  if (Array.isArray(expected)) {
    if (size(actual) !== expected.length) return check(false);
    return first(expected.map((value, i) => mismatch(value, (actual as Json[])[i], `${path}[${i}]`)));
  }
  if (expected !== null && typeof expected === 'object') {
    const [name = '', operand = null] = Object.entries(expected)[0] ?? [];
    if (name.startsWith('$')) return check(operator(name, operand, actual));
    if (actual === null || typeof actual !== 'object' || Array.isArray(actual)) return check(false);
    return first(Object.entries(expected).map(([field, value]) => mismatch(value, actual[field], `${path}.${field}`)));
  }
  return check(text(expected) === text(actual));
}

function first(mismatches: (string | undefined)[]): string | undefined {
  return mismatches.find((one) => one !== undefined);
}

function operator(name: string, operand: Json, actual: Json | undefined): boolean {
  const [low = 0, high = 0] = Array.isArray(operand) ? operand.map(number) : [];
  switch (name) {
    case '$matches':
      return actual !== undefined && new RegExp(operand as string).test(text(actual));
    case '$between':
      return low <= number(actual) && number(actual) <= high;
    case '$size':
      return low <= size(actual) && size(actual) <= high;
    case '$has':
      return Array.isArray(actual) && actual.some((element) => fits(operand, element));
    case '$not':
      return !fits(operand, actual);
    case '$some':
      return operand === (text(actual) !== '');
    default:
      throw new Error(`${name}: no such operator`);
  }
}

function size(actual: Json | undefined): number {
  return Array.isArray(actual) ? actual.length : 0;
}

/** Numbers, numbers in strings and durations such as 1.5s; what is not there is 0. */
function number(actual: Json | undefined): number {
  return actual === undefined ? 0 : Number(text(actual).replace(/s$/, ''));
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
