import { createHash } from 'node:crypto';
import { isObject } from '../../ground/json.ts';
import { invalidParameter } from './errors.ts';
import type { MessageAttribute, MessageAttributes } from './sqs.ts';

const NAME = /^(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const MAX_ATTRIBUTES = 10;
const STRING_TRANSPORT = 1;
const BINARY_TRANSPORT = 2;

export function parseMessageAttributes(value: unknown): MessageAttributes {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw invalidParameter('The message attributes must be an object.');
  const entries = Object.entries(value);
  if (entries.length > MAX_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [10].`,
    );
  }
  return Object.fromEntries(entries.map(([name, attribute]) => [name, parseAttribute(name, attribute)]));
}

function parseAttribute(name: string, attribute: unknown): MessageAttribute {
  if (!NAME.test(name) || /^(?:aws|amazon)\./i.test(name)) {
    throw invalidParameter(`The message attribute name '${name}' is invalid.`);
  }
  const { DataType: type, StringValue: text, BinaryValue: binary } = isObject(attribute) ? attribute : {};
  const [, kind] = /^(String|Number|Binary)(?:\.|$)/.exec(typeof type === 'string' ? type : '') ?? [];
  if (typeof type !== 'string' || kind === undefined) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  if (kind === 'Binary' && typeof binary === 'string' && binary !== '')
    return { DataType: type, BinaryValue: binary };
  if (kind === 'Number' && typeof text === 'string' && text !== '' && !NUMBER.test(text)) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  if (kind !== 'Binary' && typeof text === 'string' && text !== '')
    return { DataType: type, StringValue: text };
  throw invalidParameter(
    `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${type}'.`,
  );
}

/** The digest that clients compare: names in order, each part behind its length. Null when there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | null {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return null;
  const hash = createHash('md5');
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name] ?? { DataType: '' };
    const binary = BinaryValue !== undefined;
    hash.update(withLength(Buffer.from(name)));
    hash.update(withLength(Buffer.from(DataType)));
    hash.update(Buffer.from([binary ? BINARY_TRANSPORT : STRING_TRANSPORT]));
    hash.update(withLength(binary ? Buffer.from(BinaryValue, 'base64') : Buffer.from(StringValue ?? '')));
  }
  return hash.digest('hex');
}

/** Those that a receiver asked for: names, prefixes such as `order.*`, `All` or `.*`. */
export function selectAttributes(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => names.some((wanted) => selects(wanted, name))),
  );
}

function selects(wanted: string, name: string): boolean {
  if (wanted === 'All' || wanted === '.*') return true;
  return wanted.endsWith('.*') ? name.startsWith(wanted.slice(0, -1)) : wanted === name;
}

export function sizeOf(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, 'base64'),
    0,
  );
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
