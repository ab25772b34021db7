import { REGION } from '../ground/account.ts';
import type { Clock } from '../ground/clock/clock.ts';
import { createRedact, type Redact } from '../ground/redact.ts';
import type { Store } from '../ground/store/store.ts';
import type { Sts } from '../services/sts/sts.ts';
import { type Credentials, loadCredentials } from '../wire/credentials.ts';
import { createSignatureVerifier } from '../wire/signature/createSignatureVerifier.ts';
import type { VerifySignature } from '../wire/signature/signature.ts';

/** Everyone with credentials for the cloud: the person at the machine, the functions, and sessions of roles. */
export type Callers = {
  readonly administrator: Credentials;
  readonly verifySignature: VerifySignature;
  /** The variables by which a function's SDK finds the cloud that listens on `port`. */
  readonly functionEnvironment: (port: number) => Record<string, string>;
  /** Takes the callers' secrets out of a line for a log. */
  readonly redact: Redact;
};

type Dependencies = { readonly store: Store; readonly clock: Clock; readonly sts: Pick<Sts, 'secretOf'> };

export function createCallers({ store, clock, sts }: Dependencies): Callers {
  const administrator = loadCredentials(store, 'administrator');
  const functions = loadCredentials(store, 'functions');
  const secrets = secretsOf([administrator, functions]);
  return {
    administrator,
    verifySignature: createSignatureVerifier({
      clock,
      wallClock: { now: Date.now },
      secrets: { get: (accessKeyId) => secrets.get(accessKeyId) ?? sts.secretOf(accessKeyId) },
    }),
    functionEnvironment: (port) => functionEnvironment(functions, port),
    redact: createRedact([administrator.secretAccessKey, functions.secretAccessKey]),
  };
}

function secretsOf(owners: readonly Credentials[]): Map<string, { readonly secret: string }> {
  return new Map(
    owners.map(({ accessKeyId, secretAccessKey }) => [accessKeyId, { secret: secretAccessKey }]),
  );
}

/** 127.0.0.1 and not localhost: with an address the SDKs use S3's path style by themselves. */
function functionEnvironment(
  { accessKeyId, secretAccessKey }: Credentials,
  port: number,
): Record<string, string> {
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ENDPOINT_URL_SFN: endpoint,
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_ENDPOINT_URL_LAMBDA: endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint,
    AWS_ENDPOINT_URL_STS: endpoint,
  };
}
