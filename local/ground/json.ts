export type JsonObject = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at `value`, or an empty one: CloudFormation leaves out what is not set. */
export function parseObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function parseList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function parseText(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : fallback;
}

/** A number, which CloudFormation also takes as text. */
export function parseNumber<T>(value: unknown, fallback: T): number | T {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : fallback;
}

/** A boolean, which CloudFormation also takes as text. */
export function parseBoolean(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : fallback;
}
