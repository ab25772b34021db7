import { isObject, type JsonObject, parseJson } from '../../../../ground/json.ts';

/** How the recordings are compared is written in their `conventions`; this follows it. */
export type Comparison = {
  /** What each `<*name>` stood for so far. */
  readonly names: Map<string, string>;
  /** Whether the answer may have more members than were recorded. */
  readonly isSubset: boolean;
};

const IGNORED = ['SdkHttpMetadata', 'SdkResponseMetadata'];
const PLACEHOLDER = /<\*([^>]*)>/g;

/** Null when the actual value is as recorded; else what differs, and where. */
export function difference(
  expected: unknown,
  actual: unknown,
  comparison: Comparison,
  place = '',
): string | null {
  if (expected === '<*>') return null;
  if (typeof expected === 'string') return textDifference(expected, actual, comparison, place);
  const value = typeof actual === 'string' && typeof expected !== 'string' ? parse(actual) : actual;
  if (Array.isArray(expected)) return listDifference(expected, value, comparison, place);
  if (isObject(expected)) return objectDifference(expected, value, comparison, place);
  return Object.is(expected, value) || expected === value ? null : differs(expected, actual, place);
}

function textDifference(
  expected: string,
  actual: unknown,
  comparison: Comparison,
  place: string,
): string | null {
  const text = actual instanceof Date ? actual.toISOString() : actual;
  if (typeof text !== 'string') return differs(expected, actual, place);
  const [left, right] = [parse(expected), parse(text)];
  if (isObject(left) && isObject(right)) return difference(left, right, comparison, place);
  return matchesPattern(expected, text, comparison.names) ? null : differs(expected, actual, place);
}

/** `<*name>` stands for any text, but for the same text in the whole case. */
function matchesPattern(expected: string, text: string, names: Map<string, string>): boolean {
  const asked: string[] = [];
  const pattern = expected
    .split(PLACEHOLDER)
    .map((part, index) => {
      if (index % 2 === 0) return escape(part);
      const known = part === '' ? undefined : names.get(part);
      if (known !== undefined) return escape(known);
      asked.push(part);
      return '([^]*?)';
    })
    .join('');
  const match = new RegExp(`^${pattern}$`).exec(text);
  if (match === null) return false;
  for (const [index, name] of asked.entries()) if (name !== '') names.set(name, match[index + 1] ?? '');
  return true;
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function listDifference(
  expected: readonly unknown[],
  actual: unknown,
  comparison: Comparison,
  place: string,
) {
  if (!Array.isArray(actual) || actual.length !== expected.length) return differs(expected, actual, place);
  for (const [index, item] of expected.entries()) {
    const found = difference(item, actual[index], comparison, `${place}[${index}]`);
    if (found !== null) return found;
  }
  return null;
}

function objectDifference(expected: JsonObject, actual: unknown, comparison: Comparison, place: string) {
  if (!isObject(actual)) return differs(expected, actual, place);
  for (const [name, value] of Object.entries(expected)) {
    if (IGNORED.includes(name)) continue;
    if (!(name in actual)) return `${place}.${name} is missing`;
    const found = difference(value, actual[name], comparison, `${place}.${name}`);
    if (found !== null) return found;
  }
  const extra = Object.keys(actual).find((name) => !(name in expected) && actual[name] !== undefined);
  if (extra !== undefined && !comparison.isSubset) return `${place}.${extra} was not recorded`;
  return null;
}

/** The value of a JSON text; any other text itself. */
function parse(text: string): unknown {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : text;
}

function differs(expected: unknown, actual: unknown, place: string): string {
  return `${place || 'value'}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
}
