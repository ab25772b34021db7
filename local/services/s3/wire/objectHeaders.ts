import { checksumType } from './checksums.ts';
import { headerNotImplemented, invalidArgument, S3Error } from '../errors.ts';
import { type Attributes, PART_SIZES } from '../records/attributes.ts';
import type { ObjectSummary } from '../records/objectRow.ts';
import type { S3Request } from './s3Request.ts';

const SYSTEM_HEADERS = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
] as const;
const OVERRIDES = SYSTEM_HEADERS.map((name) => [name, `response-${name}`] as const);
const METADATA = 'x-amz-meta-';
const MAX_METADATA_BYTES = 2048;
const DEFAULT_TYPE = 'binary/octet-stream';
/** Classes that can be read at once; the archives would need restoring. */
const STORAGE_CLASSES = new Set([
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
  'REDUCED_REDUNDANCY',
]);
/** Headers that would change what happens, and that the local cloud does not obey. */
const REFUSED_HEADER =
  /^x-amz-(?:tagging|object-lock-.*|website-redirect-location|server-side-encryption-customer-.*|write-offset-bytes|grant-.*)$/;
const ENCRYPTIONS = new Set(['', 'AES256', 'aws:kms']);
const ACLS_WITHOUT_EFFECT = new Set(['', 'private', 'bucket-owner-full-control']);

/** What of a request's headers is kept with the object that it writes. */
export function keptAttributes(request: S3Request): Attributes {
  const refused = request.headerNames.find((name) => REFUSED_HEADER.test(name));
  if (refused !== undefined) throw headerNotImplemented(refused);
  if (!ACLS_WITHOUT_EFFECT.has(request.header('x-amz-acl'))) throw aclNotSupported();
  const system = SYSTEM_HEADERS.map((name) => [name, systemValue(request, name)] as const);
  return Object.fromEntries(
    [...system, ...metadata(request), ...storageClass(request), ...encryption(request)].filter(
      ([name, value]) => value !== '' || name.startsWith(METADATA),
    ),
  );
}

/** `aws-chunked` says how the body travelled and is not part of the object. */
function systemValue(request: S3Request, name: string): string {
  const value = request.header(name);
  if (name !== 'content-encoding') return value;
  return value
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== 'aws-chunked')
    .join(',');
}

function metadata(request: S3Request): readonly (readonly [string, string])[] {
  const entries = request.headerNames
    .filter((name) => name.startsWith(METADATA))
    .map((name) => [name, request.header(name)] as const);
  const size = entries.reduce((sum, [name, value]) => sum + name.length - METADATA.length + value.length, 0);
  if (size <= MAX_METADATA_BYTES) return entries;
  throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
    status: 400,
    elements: { Size: String(size), MaxSizeAllowed: String(MAX_METADATA_BYTES) },
  });
}

function storageClass(request: S3Request): readonly (readonly [string, string])[] {
  const given = request.header('x-amz-storage-class');
  if (given === '' || given === 'STANDARD') return [];
  if (STORAGE_CLASSES.has(given)) return [['x-amz-storage-class', given]];
  throw new S3Error('InvalidStorageClass', 'The storage class you specified is not valid', { status: 400 });
}

function encryption(request: S3Request): readonly (readonly [string, string])[] {
  const given = request.header('x-amz-server-side-encryption');
  if (!ENCRYPTIONS.has(given)) throw headerNotImplemented('x-amz-server-side-encryption');
  return given === 'aws:kms' ? [['x-amz-server-side-encryption', given]] : [];
}

/** The headers of GetObject and HeadObject, without lengths and ranges. */
export function objectHeaders(request: S3Request, { attributes }: ObjectSummary): Record<string, string> {
  const withChecksum = request.header('x-amz-checksum-mode').toUpperCase() === 'ENABLED';
  const kept = Object.entries(attributes).filter(
    ([name]) => name !== PART_SIZES && (withChecksum || !name.startsWith('x-amz-checksum-')),
  );
  const types = kept
    .filter(([name]) => name.startsWith('x-amz-checksum-'))
    .map(([, value]) => ['x-amz-checksum-type', checksumType(value)] as const);
  return {
    'accept-ranges': 'bytes',
    'content-type': DEFAULT_TYPE,
    'x-amz-server-side-encryption': 'AES256',
    ...Object.fromEntries(kept.map(([name, value]) => [name, mailSafe(name, value)])),
    ...Object.fromEntries([...types, ...overrides(request)]),
  };
}

/** S3 answers metadata that is not ASCII in the encoding of mail headers (RFC 2047). */
function mailSafe(name: string, value: string): string {
  if (!name.startsWith(METADATA) || /^[\x20-\x7e]*$/.test(value)) return value;
  return `=?UTF-8?B?${Buffer.from(value, 'utf8').toString('base64')}?=`;
}

function overrides({ query }: S3Request): readonly (readonly [string, string])[] {
  return OVERRIDES.filter(([, parameter]) => query.has(parameter)).map(([name, parameter]) => {
    const value = query.get(parameter) ?? '';
    if (/\p{Cc}/u.test(value)) {
      throw invalidArgument('Header value cannot contain control characters.', parameter, value);
    }
    return [name, Buffer.from(value).toString('latin1')];
  });
}

/** What every answer about a written object says. */
export function writtenHeaders(attributes: Attributes): Record<string, string> {
  const sent = Object.entries(attributes).filter(([name]) =>
    /^x-amz-(?:checksum-|server-side-encryption)/.test(name),
  );
  return { 'x-amz-server-side-encryption': 'AES256', ...Object.fromEntries(sent) };
}

function aclNotSupported(): S3Error {
  return new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs', { status: 400 });
}
