import { isObject } from '../json.ts';

/** The result of an expression as JSON can carry it; a function is refused. */
export function jsonOf(value: unknown, refuse: () => never): unknown {
  const seen = { isEndless: false };
  if (!isJson(value, seen)) refuse();
  return seen.isEndless ? withTexts(value) : value;
}

function isJson(value: unknown, seen: { isEndless: boolean }): boolean {
  if (typeof value === 'function' || typeof value === 'symbol') return false;
  if (typeof value === 'number' && !Number.isFinite(value)) seen.isEndless = true;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((inner) => isJson(inner, seen));
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) return false;
  return Object.values(value).every((inner) => isJson(inner, seen));
}

/** Measured on AWS: `1/0` is the text "Infinity". */
function withTexts(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map(withTexts);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withTexts(inner)]));
}
