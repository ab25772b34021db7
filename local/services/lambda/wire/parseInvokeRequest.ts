import { isUtf8 } from 'node:buffer';
import { isJson, parseJson } from '../../../ground/json.ts';
import type { HttpRequest } from '../../../wire/httpMessage.ts';
import { isLatest, parseFunctionName } from '../functionName.ts';
import {
  functionNotFound,
  invalidContent,
  invalidValue,
  tooLarge,
  unknownOperation,
} from './invokeErrors.ts';
import { ACCOUNT_ID, PARTITION, REGION } from '../../../ground/account.ts';

export type InvocationType = 'RequestResponse' | 'Event' | 'DryRun';

export type InvokeRequest = {
  readonly name: string;
  readonly type: InvocationType;
  /** JSON text. */
  readonly payload: string;
  /** JSON text, or empty. */
  readonly clientContext: string;
  readonly wantsLog: boolean;
};

const TYPES: readonly InvocationType[] = ['Event', 'RequestResponse', 'DryRun'];
const PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const MAX_REQUEST_BYTES = 6_291_456;
/** The quota since October 2025; 256 KB before. */
const MAX_EVENT_BYTES = 1_048_576;
const NAME_CONSTRAINT =
  'Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';

/** Throws InvokeError for a request that Lambda refuses; whether the function exists is not asked here. */
export function parseInvokeRequest(request: HttpRequest): InvokeRequest {
  const encoded = PATH.exec(request.path)?.[1];
  if (encoded === undefined || request.method !== 'POST') {
    throw unknownOperation(`${request.method} ${request.path.slice(0, 200)}`);
  }
  const name = parseName(encoded, new URLSearchParams(request.query).get('Qualifier'));
  const type = parseType(request.headers['x-amz-invocation-type']);
  return {
    name,
    type,
    payload: parsePayload(request.body, type),
    clientContext: parseClientContext(request.headers['x-amz-client-context']),
    wantsLog: request.headers['x-amz-log-type'] === 'Tail' && type === 'RequestResponse',
  };
}

function parseName(encoded: string, qualifier: string | null): string {
  const text = decode(encoded);
  const reference = parseFunctionName(text);
  if (reference === null) throw invalidValue(text.slice(0, 200), 'functionName', NAME_CONSTRAINT);
  const target = { ...reference, qualifier: qualifier ?? reference.qualifier };
  if (isLatest(target)) return target.name;
  throw functionNotFound(`${functionArn(target.name)}:${target.qualifier}`);
}

export function functionArn(name: string): string {
  return `arn:${PARTITION}:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parseType(header: unknown): InvocationType {
  const given = header ?? 'RequestResponse';
  const type = TYPES.find((one) => one === given);
  if (type !== undefined) return type;
  throw invalidValue(
    String(given).slice(0, 200),
    'invocationType',
    `Member must satisfy enum value set: [${TYPES.join(', ')}]`,
  );
}

function parsePayload(body: Buffer, type: InvocationType): string {
  if (body.length > MAX_REQUEST_BYTES) {
    throw tooLarge(
      `Request must be smaller than ${MAX_REQUEST_BYTES} bytes for the InvokeFunction operation`,
    );
  }
  if (type === 'Event' && body.length > MAX_EVENT_BYTES) {
    throw tooLarge(
      `${body.length} byte payload is too large for the Event invocation type (limit ${MAX_EVENT_BYTES} bytes)`,
    );
  }
  if (body.length === 0) return '{}';
  if (!isUtf8(body)) throw invalidContent('Could not parse payload into json: Invalid UTF-8');
  const text = new TextDecoder('utf8', { ignoreBOM: true }).decode(body);
  const parsed = parseJson(text);
  if (parsed.ok) return text;
  throw invalidContent(`Could not parse payload into json: ${parsed.reason}`);
}

/** Base64 of a JSON object. */
function parseClientContext(header: string | readonly string[] | undefined): string {
  if (typeof header !== 'string' || header === '') return '';
  const text = Buffer.from(header, 'base64').toString('utf8');
  if (isJson(text)) return text;
  throw invalidContent('Client context must be a valid Base64-encoded JSON object.');
}
