import { Unsupported } from '../assembly/errors.ts';
import { matchesCondition } from './condition.ts';

type Json = Readonly<Record<string, unknown>>;

/** Whether an event matches an EventBridge event pattern: every field named in the pattern must match one of its values. */
export function matches(pattern: Json, event: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => matchesField(name, wanted, event));
}

function matchesField(name: string, wanted: unknown, event: unknown): boolean {
  if (name === '$or' && Array.isArray(wanted))
    return wanted.some((one) => isJson(one) && matches(one, event));
  const value = isJson(event) ? event[name] : undefined;
  if (Array.isArray(wanted)) return matchesSome(wanted, value);
  return isJson(wanted) && matchesNested(wanted, value);
}

function matchesNested(wanted: Json, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => matches(wanted, item));
  return matches(wanted, value);
}

function matchesSome(conditions: readonly unknown[], value: unknown): boolean {
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0) return conditions.some((condition) => matchesCondition(condition, undefined));
  return conditions.some((condition) => values.some((one) => matchesCondition(condition, one)));
}

/** Refuses a pattern that could never be evaluated. Throws Unsupported with a sentence that names the rule. */
export function checkPattern(rule: string, pattern: unknown): void {
  if (!isJson(pattern)) throw new Unsupported(`The rule ${rule} has no event pattern that can be read.`);
  for (const [name, wanted] of Object.entries(pattern)) checkField(rule, name, wanted);
}

function checkField(rule: string, name: string, wanted: unknown): void {
  if (Array.isArray(wanted)) {
    for (const condition of wanted) {
      if (name === '$or') checkPattern(rule, condition);
      else checkCondition(rule, condition);
    }
    return;
  }
  if (!isJson(wanted))
    throw new Unsupported(`The pattern of the rule ${rule} needs a list or an object at ${name}.`);
  checkPattern(rule, wanted);
}

function checkCondition(rule: string, condition: unknown): void {
  try {
    matchesCondition(condition, 'probe');
  } catch (cause) {
    const operator = isJson(condition) ? Object.keys(condition).join(', ') : String(condition);
    throw new Unsupported(
      `The pattern of the rule ${rule} uses ${operator}, which is not supported locally.`,
      { cause },
    );
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
