import { BadCommand } from './outputs.ts';

const NO_NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'TimeoutError',
]);

/** The sentence for an error that the person at the command can end; undefined: a bug of ours. */
export function explain(error: unknown): string | undefined {
  if (error instanceof BadCommand) return error.message;
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError')
    return 'No AWS credentials were found: sign in, or set AWS_PROFILE.';
  if (NO_NETWORK.has(String(code)) || NO_NETWORK.has(error.name))
    return `AWS cannot be reached (${error.message}). Check the network and the region in outputs.json.`;
  if ('$metadata' in error)
    return `AWS refused with ${error.name}: ${error.message.replace(/\.$/, '')}. Check that AWS_PROFILE is of the account in outputs.json and may do this.`;
  return undefined;
}
