import { parseJson } from '../../../ground/json.ts';
import { createHash, randomUUID } from 'node:crypto';
import { EvaluationLimit } from './limits.ts';
import type { Expression } from './loadJsonata.ts';

const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** $range answers at most this many numbers; more is refused before it is allocated. */
const MAX_RANGE_ITEMS = 360_145;

/** Gives an expression the functions that Step Functions adds to JSONata, and takes `$eval` from it. */
export function addFunctions(expression: Expression): void {
  expression.registerFunction('partition', partition, '<a?n?:a>');
  expression.registerFunction('range', range, '<n?n?n?:a>');
  expression.registerFunction('hash', hash, '<s?s?:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', parse, '<s?:x>');
  expression.registerFunction('base64encode', encodeBase64, '<s-:s>');
  expression.registerFunction('base64decode', decodeBase64, '<s-:s>');
  expression.assign('eval', undefined);
}

/** The library's own takes one byte a character, and decodes whatever it is given; Java's has UTF-8 and is strict. */
function encodeBase64(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'utf8').toString('base64');
}

/** What `java.util.Base64` takes: its alphabet, four characters a group, the last group with its padding or without. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

function decodeBase64(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!BASE64.test(text))
    throw failure(`The argument of $base64decode is not valid base64: ${text.slice(0, 100)}`);
  return Buffer.from(text, 'base64').toString('utf8');
}

function partition(array: readonly unknown[] | undefined, length: number | undefined): unknown {
  if (array === undefined || length === undefined) return undefined;
  const size = Math.round(length);
  if (size < 1) throw failure('The chunk size of $partition must be a positive integer');
  const chunks: unknown[] = [];
  for (let start = 0; start < array.length; start += size) chunks.push(array.slice(start, start + size));
  return chunks;
}

function range(first: number | undefined, last: number | undefined, step: number | undefined): unknown {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  if (step === 0) throw failure('The step of $range must not be 0');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > MAX_RANGE_ITEMS) throw new EvaluationLimit('memory');
  return Array.from({ length: count }, (_, index) => first + index * step);
}

function hash(text: string | undefined, algorithm: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const name = Object.hasOwn(HASHES, algorithm ?? '') ? HASHES[algorithm ?? ''] : undefined;
  if (name === undefined) throw failure(`Hash algorithm ${String(algorithm)} is not supported`);
  return createHash(name).update(text).digest('hex');
}

function random(seed: number | undefined): number {
  return seed === undefined ? Math.random() : javaRandom(seed);
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const parsed = parseJson(text);
  if (parsed.ok) return parsed.value;
  throw failure('The argument of $parse is not valid JSON');
}

function failure(message: string): Error {
  return Object.assign(new Error(message), { code: 'D3137' });
}

const MULTIPLIER = 0x5deece66dn;
const INCREMENT = 0xbn;
const MASK = (1n << 48n) - 1n;

/** The first number of `java.util.Random` for a seed: AWS's `$random(42)` is this number to the last bit. */
function javaRandom(seed: number): number {
  let state = (BigInt(Math.trunc(seed)) ^ MULTIPLIER) & MASK;
  const next = (bits: bigint): number => {
    state = (state * MULTIPLIER + INCREMENT) & MASK;
    return Number(state >> (48n - bits));
  };
  const high = next(26n);
  return (high * 2 ** 27 + next(27n)) / 2 ** 53;
}
