import { quote } from '../functions/order/quote.ts';
import { BadCommand } from './outputs.ts';

const NO_NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
  'TimeoutError',
]);

const HINTS: readonly (readonly [names: RegExp, hint: string])[] = [
  [
    /ExpiredToken|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature/,
    'Sign in again, or set AWS_PROFILE to another profile.',
  ],
  [
    /Denied|Unauthorized|NotFound|DoesNotExist|NoSuch|NonExistent/,
    'Check that AWS_PROFILE is of the account in outputs.json and may do this.',
  ],
];

/** The sentence for an error that the person at the command can end; undefined: a bug of ours. */
export function explain(error: unknown): string | undefined {
  if (error instanceof BadCommand) return error.message;
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError')
    return noCredentials(process.env['AWS_PROFILE']);
  const lost = [error, error.cause].find(isLost);
  if (lost !== undefined) return notReached(lost.message, process.env['AWS_ENDPOINT_URL']);
  if (!('$metadata' in error)) return undefined;
  const hint = HINTS.find(([names]) => names.test(error.name))?.[1] ?? 'Run the command again later.';
  return `AWS refused with ${error.name}: ${error.message.replace(/\.$/, '')}. ${hint}`;
}

/** `fetch` puts what the network said into the cause. */
function isLost(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return [error.name, Reflect.get(error, 'code')].some((name) => NO_NETWORK.has(String(name)));
}

export function noCredentials(profile: string | undefined): string {
  return profile === undefined
    ? 'No AWS credentials were found: sign in, or set AWS_PROFILE.'
    : `No AWS credentials were found for the profile ${quote(profile)}: sign in with it, or set AWS_PROFILE to another one.`;
}

function notReached(message: string, endpoint: string | undefined): string {
  return endpoint === undefined
    ? `AWS cannot be reached (${message}). Check the network and the region.`
    : `${endpoint} cannot be reached (${message}). Check that the local cloud is running.`;
}
