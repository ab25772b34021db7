import { REGION } from '../../../ground/account.ts';
import type { Verification, VerifySignature, SignedRequest } from '../../../wire/signature/signature.ts';
import type { AuthMode } from '../appsync.ts';
import type { Caller } from './caller.ts';
import type { TokenCheck } from './createTokenCheck.ts';

export type Refusal = { readonly status: number; readonly errorType: string; readonly message: string };

export type Authentication =
  { readonly ok: true; readonly caller: Caller } | { readonly ok: false; readonly refusal: Refusal };

/** What a caller shows: over HTTP its headers, over a socket the same fields in an object. */
export type Presented = { readonly request: SignedRequest; readonly remoteAddress: string };

/** A token's issuer may have to be asked for its keys, so that answer comes later than the others. */
export type Authenticate = (presented: Presented) => Authentication | Promise<Authentication>;

export type AuthenticateOptions = {
  /** The default mode first. */
  readonly modes: readonly AuthMode[];
  readonly isKey: (given: string) => boolean;
  readonly verifySignature: VerifySignature;
  /** Null where no mode of the API takes tokens. */
  readonly checkToken: TokenCheck | null;
};

const NOT_AUTHORIZED = refused(401, 'UnauthorizedException', 'You are not authorized to make this call.');
const MISSING = refused(401, 'UnauthorizedException', 'Missing authorization header');
const NOT_VALID = refused(401, 'UnauthorizedException', 'Valid authorization header not provided.');
const WRONG_SERVICE = refused(
  403,
  'InvalidSignatureException',
  "Credential should be scoped to correct service: 'appsync'.",
);
const WRONG_REGION = refused(
  403,
  'InvalidSignatureException',
  `Credential should be scoped to a valid region: '${REGION}'.`,
);

/** AppSync's names for what is wrong with a signature. */
const SIGNATURE_ERRORS = {
  MissingAuthenticationToken: 'UnauthorizedException',
  UnrecognizedClientException: 'UnrecognizedClientException',
  ExpiredTokenException: 'ExpiredTokenException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
  IncompleteSignature: 'IncompleteSignatureException',
  AccessDenied: 'AccessDeniedException',
  XAmzContentSHA256Mismatch: 'InvalidSignatureException',
} satisfies Record<Extract<Verification, { ok: false }>['code'], string>;

/** Identifies the caller by an AWS signature when there is one, else by the API key, else by a token. */
export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  return ({ request, remoteAddress }) => {
    const authorization = textOf(request.headers['authorization']);
    const key = textOf(request.headers['x-api-key']);
    if (authorization?.startsWith('AWS4-HMAC-SHA256')) return bySignature(options, request, remoteAddress);
    if (key !== null) return byKey(options, key, remoteAddress);
    if (authorization !== null && options.checkToken !== null)
      return byToken(options.checkToken, authorization, remoteAddress);
    return authorization === null && options.modes[0] === 'API_KEY' ? MISSING : NOT_VALID;
  };
}

function byKey({ modes, isKey }: AuthenticateOptions, key: string, remoteAddress: string): Authentication {
  if (!modes.includes('API_KEY') || !isKey(key)) return NOT_AUTHORIZED;
  return { ok: true, caller: { mode: 'API_KEY', remoteAddress } };
}

function bySignature(
  { modes, verifySignature }: AuthenticateOptions,
  request: SignedRequest,
  remoteAddress: string,
): Authentication {
  if (!modes.includes('AWS_IAM')) return NOT_AUTHORIZED;
  const verified = verifySignature(request);
  if (!verified.ok) return refused(403, SIGNATURE_ERRORS[verified.code], verified.reason);
  if (verified.service !== 'appsync') return WRONG_SERVICE;
  if (verified.region !== REGION) return WRONG_REGION;
  return { ok: true, caller: { mode: 'AWS_IAM', accessKeyId: verified.accessKeyId, remoteAddress } };
}

async function byToken(
  checkToken: TokenCheck,
  token: string,
  remoteAddress: string,
): Promise<Authentication> {
  const checked = await checkToken(token);
  return checked.ok
    ? { ok: true, caller: { ...checked.caller, remoteAddress } }
    : refused(401, 'UnauthorizedException', checked.message);
}

function textOf(value: string | string[] | undefined): string | null {
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text === '' ? null : text;
}

function refused(status: number, errorType: string, message: string): Authentication {
  return { ok: false, refusal: { status, errorType, message } };
}
