import { HANDLERS } from '../handlers.ts';

/** Lambda keeps it for functions that reserve nothing. */
const KEPT = 100;

/** The concurrent executions that an account must have, with so many reserved for each function. */
export const quotaFor = (reserved: number): number => reserved * HANDLERS.length + KEPT;

/** What an account with a low quota, such as a new one, refuses in the middle of a deployment. */
export function concurrencyWarning(reserved: number | null): string | null {
  if (reserved === null) return null;
  return `reservedConcurrency is ${reserved}: ${HANDLERS.length} functions reserve ${reserved * HANDLERS.length}, so the account needs a quota of at least ${quotaFor(reserved)} concurrent executions, or the deployment fails. See aws lambda get-account-settings.`;
}
