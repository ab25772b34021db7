import { ACCOUNT_ID } from '../../ground/account.ts';
import { isObject } from '../../ground/json.ts';
import { listOf, matcher, statementsOf } from '../../ground/policy/statements.ts';
import { unsupported } from './errors.ts';
import type { RoleDefinition } from './sts.ts';

const ACCOUNT: readonly unknown[] = ['*', ACCOUNT_ID, `arn:aws:iam::${ACCOUNT_ID}:root`];

/** Whether the role trusts the account, to which every caller of the local cloud belongs. Throws for a condition. */
export function trustsAccount({ name, trustPolicy }: RoleDefinition): boolean {
  const about = statementsOf(trustPolicy).flatMap(({ statement }) =>
    isObject(statement) && isAboutAccount(statement) ? [statement] : [],
  );
  if (about.some(({ Condition }) => Condition !== undefined))
    throw unsupported(`A condition in the trust policy of the role ${name}`);
  const effects = about.map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function isAboutAccount(statement: Readonly<Record<string, unknown>>): boolean {
  const { Principal: principal, Action: action } = statement;
  if (action === undefined) return false; // NotAction is not allowed in a trust policy
  const named = isObject(principal) ? listOf(principal['AWS']) : [principal];
  return (
    named.some((name) => ACCOUNT.includes(name)) &&
    matcher({ Action: action }, 'Action', 'A trust policy')('sts:AssumeRole')
  );
}
