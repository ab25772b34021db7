import { isObject } from '../../../ground/json.ts';

/** Reads a place of an event; undefined when the event does not have it. */
export type ReadPath = (event: unknown) => unknown;

const PATH = /^\$(?:\.[\w/-]+|\[\d{1,9}\]|\[\*\])*$/;
const STEP = /\.([\w/-]+)|\[(\d+|\*)\]/g;

/** EventBridge's part of JSONPath: members, list positions and `[*]`. Null for anything else. */
export function parseJsonPath(path: string): ReadPath | null {
  if (!PATH.test(path)) return null;
  const steps = [...path.matchAll(STEP)].map(([, member, index]) => member ?? index ?? '');
  return (event) => follow(event, steps);
}

function follow(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (step === '*') return Array.isArray(value) ? value.map((one) => follow(one, rest)) : undefined;
  if (Array.isArray(value)) return /^\d+$/.test(step) ? follow(value[Number(step)], rest) : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? follow(value[step], rest) : undefined;
}
