export type JsonObject = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type ParsedJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** The value of a JSON text, or why it is not JSON. */
export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

export function isJson(text: string): boolean {
  return parseJson(text).ok;
}

/** The object that a JSON text holds; null for any other text. */
export function parseJsonObject(text: string): JsonObject | null {
  const parsed = parseJson(text);
  return parsed.ok && isObject(parsed.value) ? parsed.value : null;
}

const STRING_OR_SPACE = /"[^"\\]*(?:\\.[^"\\]*)*"|\s+/g;

/** A JSON text without the white space between its parts. The literal text of numbers stays, as on AWS (`0.0`). */
export function compactJson(text: string): string {
  if (!/\s/.test(text)) return text;
  return text.replaceAll(STRING_OR_SPACE, (token) => (token.startsWith('"') ? token : ''));
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
