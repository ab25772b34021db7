import type { SignedRequest } from './signature.ts';

/** What a request says about its own signature: nothing in it is trusted yet. */
export type SignatureClaim = {
  readonly accessKeyId: string;
  /** `20150830/us-east-1/iam/aws4_request`. */
  readonly scope: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: Buffer;
  /** `20150830T123600Z`. */
  readonly timestamp: string;
  /** How long a presigned URL lives; null for the header form. */
  readonly expiresSeconds: number | null;
  readonly sessionToken: string | null;
};

/** Why there is no claim: no signature at all, or one that is not whole. */
export type NoClaim = {
  readonly code: 'MissingAuthenticationToken' | 'IncompleteSignature';
  readonly reason: string;
};

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SCOPE = /^([^/\s]{1,128})\/((\d{8})\/([a-zA-Z0-9-]{1,64})\/([a-zA-Z0-9-]{1,64})\/aws4_request)$/;
const SIGNATURE = /^[0-9a-f]{64}$/;
const TIMESTAMP = /^\d{8}T\d{6}Z$/;
/** A week, the longest life of a presigned URL. */
const MAX_EXPIRY_SECONDS = 604_800;
/** Far more than SDKs sign; each costs the length of its header. */
const MAX_SIGNED_HEADERS = 100;

export function parseSignatureClaim(request: SignedRequest): SignatureClaim | NoClaim {
  const authorization = headerText(request, 'authorization');
  if (authorization !== '') return parseHeaderForm(request, authorization);
  const query = new URLSearchParams(request.query);
  if (query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm')) return parseQueryForm(query);
  return { code: 'MissingAuthenticationToken', reason: 'Missing Authentication Token' };
}

function parseHeaderForm(request: SignedRequest, authorization: string): SignatureClaim | NoClaim {
  const [algorithm = '', ...rest] = authorization.split(' ');
  if (algorithm !== ALGORITHM) return incomplete(`Unsupported Authorization Type: only ${ALGORITHM} is.`);
  const fields = new Map(rest.join(' ').split(',').map(splitField));
  return claimOf({
    credential: fields.get('Credential'),
    signedHeaders: fields.get('SignedHeaders'),
    signature: fields.get('Signature'),
    timestamp: timestampOf(request),
    expires: null,
    sessionToken: headerText(request, 'x-amz-security-token') || null,
    where: 'Authorization header',
    names: HEADER_NAMES,
  });
}

function splitField(field: string): [string, string] {
  const mark = field.indexOf('=');
  return [field.slice(0, mark).trim(), field.slice(mark + 1).trim()];
}

function parseQueryForm(query: URLSearchParams): SignatureClaim | NoClaim {
  if (query.get('X-Amz-Algorithm') !== ALGORITHM)
    return incomplete(`X-Amz-Algorithm only supports "${ALGORITHM}".`);
  return claimOf({
    credential: query.get('X-Amz-Credential'),
    signedHeaders: query.get('X-Amz-SignedHeaders'),
    signature: query.get('X-Amz-Signature'),
    timestamp: query.get('X-Amz-Date') ?? '',
    expires: query.get('X-Amz-Expires') ?? '',
    sessionToken: query.get('X-Amz-Security-Token') || null,
    where: 'AWS query-string parameters',
    names: QUERY_NAMES,
  });
}

const HEADER_NAMES = [
  'Credential',
  'SignedHeaders',
  'Signature',
  "existence of either a 'X-Amz-Date' or a 'Date' header",
];
const QUERY_NAMES = ['X-Amz-Credential', 'X-Amz-SignedHeaders', 'X-Amz-Signature', 'X-Amz-Date'];

type Fields = {
  readonly credential: string | null | undefined;
  readonly signedHeaders: string | null | undefined;
  readonly signature: string | null | undefined;
  readonly timestamp: string;
  readonly expires: string | null;
  readonly sessionToken: string | null;
  readonly where: string;
  readonly names: readonly string[];
};

function claimOf(fields: Fields): SignatureClaim | NoClaim {
  const { credential, signedHeaders, signature, timestamp, expires } = fields;
  const missing = [credential, signedHeaders, signature, timestamp].findIndex((value) => !value);
  if (missing >= 0) return incomplete(`${fields.where} requires ${fields.names[missing]}.`);
  const [, accessKeyId, scope, day, region, service] = SCOPE.exec(credential ?? '') ?? [];
  if (!accessKeyId || !scope || !day || !region || !service) {
    return incomplete(
      'Credential must have 5 slash-delimited elements: key, date, region, service, aws4_request.',
    );
  }
  if (!SIGNATURE.test(signature ?? ''))
    return incomplete('Signature must be 64 lower-case hexadecimal digits.');
  if (!TIMESTAMP.test(timestamp) || Number.isNaN(parseBasicFormat(timestamp)))
    return incomplete(`Date must be in ISO-8601 'basic format'. Got '${timestamp}'.`);
  if (!timestamp.startsWith(day)) {
    return incomplete(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${timestamp.slice(0, 8)}'.`,
    );
  }
  if (expires !== null && !(/^\d{1,6}$/.test(expires) && Number(expires) <= MAX_EXPIRY_SECONDS)) {
    return incomplete('X-Amz-Expires must be a number of seconds from 0 to 604800 (a week).');
  }
  const headers = (signedHeaders ?? '').split(';');
  if (headers.length > MAX_SIGNED_HEADERS) return incomplete('SignedHeaders names too many headers.');
  if (!headers.includes('host'))
    return incomplete("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  return {
    accessKeyId,
    scope,
    day,
    region,
    service,
    signedHeaders: headers,
    signature: Buffer.from(signature ?? '', 'hex'),
    timestamp,
    expiresSeconds: expires === null ? null : Number(expires),
    sessionToken: fields.sessionToken,
  };
}

/** The X-Amz-Date header, else the Date header, in the form that is signed; empty when there is none. */
function timestampOf(request: SignedRequest): string {
  const given = headerText(request, 'x-amz-date') || headerText(request, 'date');
  const parsed = TIMESTAMP.test(given) ? Number.NaN : Date.parse(given);
  return Number.isNaN(parsed) ? given : basicFormat(parsed);
}

/** `20150830T123600Z`. */
export function basicFormat(time: number): string {
  return new Date(time)
    .toISOString()
    .replace(/\.\d{3}/, '')
    .replaceAll(/[-:]/g, '');
}

export function parseBasicFormat(timestamp: string): number {
  return Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
}

export function headerText({ headers }: SignedRequest, name: string): string {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return (typeof value === 'string' ? value : (value?.join(',') ?? '')).trim();
}

function incomplete(reason: string): NoClaim {
  return { code: 'IncompleteSignature', reason };
}
