import { ACCOUNT_ID } from '../../../ground/account.ts';
import { isObject } from '../../../ground/json.ts';
import { Unsupported } from '../../../ground/refusal.ts';
import { parseConditions } from '../../../ground/policy/conditions.ts';
import { listOf, matcher, statementsOf } from '../../../ground/policy/statements.ts';
import { readerOf } from './conditionKeys.ts';
import type { S3Request } from '../wire/s3Request.ts';

/** What a caller is about to do: an IAM action on an ARN. */
export type Access = { readonly action: string; readonly resource: string };

/** Tells whether a bucket policy forbids an access. */
export type Forbids = (access: Access, request: S3Request) => boolean;

/**
 * Every caller of the local cloud belongs to the bucket's account and may do everything there; so Allow statements
 * change nothing, and Deny statements are obeyed. Throws Unsupported for one that cannot be.
 */
export function parsePolicy(policy: Readonly<Record<string, unknown>> | null, bucket: string): Forbids {
  const statements = statementsOf(policy).map(({ statement, name }) =>
    parseStatement(statement, `The policy of the bucket ${bucket}, statement ${name}`),
  );
  const denials = statements.filter((statement) => statement !== null);
  return (access, request) => denials.some((denies) => denies(access, request));
}

function parseStatement(statement: unknown, where: string): Forbids | null {
  if (!isObject(statement)) throw new Unsupported(`${where}, is not an object.`);
  if (statement['Effect'] === 'Allow') return null;
  if (statement['Effect'] !== 'Deny')
    throw new Unsupported(`${where}, has neither the effect Allow nor Deny.`);
  refusePrincipal(statement, where);
  const onAction = matcher(statement, 'Action', where);
  const onResource = matcher(statement, 'Resource', where);
  const conditions = parseConditions(statement['Condition'], { where, readerOf });
  return (access, request) =>
    onAction(access.action) && onResource(access.resource) && conditions.every((holds) => holds(request));
}

/** All callers are one account here, so a statement must be about everyone, or about that account. */
function refusePrincipal(statement: Readonly<Record<string, unknown>>, where: string): void {
  const principal = statement['Principal'];
  const names = isObject(principal) ? Object.values(principal).flatMap(listOf) : [principal];
  const everyone = new Set<unknown>(['*', ACCOUNT_ID, `arn:aws:iam::${ACCOUNT_ID}:root`]);
  if (names.some((name) => everyone.has(name))) return;
  const given = JSON.stringify(principal ?? { NotPrincipal: statement['NotPrincipal'] });
  throw new Unsupported(`${where}, denies only ${given}: locally callers cannot be told apart, use "*".`);
}
