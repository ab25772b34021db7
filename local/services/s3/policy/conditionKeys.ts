import { ACCOUNT_ID } from '../../../ground/account.ts';
import type { ReadKey } from '../../../ground/policy/conditions.ts';
import type { S3Request } from '../wire/s3Request.ts';

type Read = ReadKey<S3Request>;

/** Loopback stands for TLS: no other machine hears it, and a policy that wants TLS must not shut out the local cloud. */
const KEYS: Readonly<Record<string, Read>> = {
  'aws:securetransport': () => 'true',
  's3:tlsversion': () => '1.3',
  'aws:principalarn': ({ caller }) => caller.principalArn,
  'aws:userid': ({ caller }) => caller.userId,
  'aws:principalaccount': () => ACCOUNT_ID,
  'aws:resourceaccount': () => ACCOUNT_ID,
  's3:resourceaccount': () => ACCOUNT_ID,
  'aws:principalisawsservice': () => 'false',
  'aws:viaawsservice': () => 'false',
  's3:signatureversion': ({ header, query }) =>
    header('authorization').startsWith('AWS ') || query.has('AWSAccessKeyId') ? 'AWS' : 'AWS4-HMAC-SHA256',
  's3:authtype': ({ presigned }) => (presigned ? 'REST-QUERY-STRING' : 'REST-HEADER'),
  's3:if-match': headerReader('if-match'),
  's3:if-none-match': headerReader('if-none-match'),
  's3:objectcreationoperation': ({ method, key, query }) =>
    String(key !== '' && method === (query.has('uploadId') ? 'POST' : 'PUT')), // not a part of an upload
  's3:prefix': queryReader('prefix'),
  's3:delimiter': queryReader('delimiter'),
  's3:max-keys': queryReader('max-keys'),
  's3:versionid': queryReader('versionId'),
};

/** Names of condition keys do not care for the case of letters. */
export function readerOf(key: string): Read | null {
  const name = key.toLowerCase();
  if (name.startsWith('s3:x-amz-')) return headerReader(name.slice('s3:'.length));
  return (Object.hasOwn(KEYS, name) ? KEYS[name] : undefined) ?? null;
}

function headerReader(name: string): Read {
  return ({ header }) => header(name) || null;
}

function queryReader(name: string): Read {
  return ({ query }) => query.get(name);
}
