import { ACCOUNT_ID } from '../../../ground/account.ts';
import { isObject } from '../../../ground/json.ts';
import { Unsupported } from '../../../ground/unsupported.ts';
import { parseConditions, wildcard, type Condition } from './policyConditions.ts';
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
  const statements = listOf(policy?.['Statement']).map((statement, index) =>
    parseStatement(statement, `The policy of the bucket ${bucket}, statement ${nameOf(statement, index)}`),
  );
  const denials = statements.filter((statement) => statement !== null);
  return (access, request) => denials.some((denies) => denies(access, request));
}

function parseStatement(statement: unknown, where: string): Forbids | null {
  if (!isObject(statement)) throw new Unsupported(`${where}, is no object.`);
  if (statement['Effect'] === 'Allow') return null;
  if (statement['Effect'] !== 'Deny')
    throw new Unsupported(`${where}, has neither the effect Allow nor Deny.`);
  refusePrincipal(statement, where);
  const onAction = matcher(statement, 'Action', where);
  const onResource = matcher(statement, 'Resource', where);
  const conditions = parseConditions(statement['Condition'], where);
  return (access, request) =>
    onAction(access.action) &&
    onResource(access.resource) &&
    conditions.every((holds: Condition) => holds(request));
}

/** All callers are one account here, so a statement must be about everybody, or about that account. */
function refusePrincipal(statement: Readonly<Record<string, unknown>>, where: string): void {
  const principal = statement['Principal'];
  const names = isObject(principal) ? Object.values(principal).flatMap(listOf) : [principal];
  const everybody = new Set<unknown>(['*', ACCOUNT_ID, `arn:aws:iam::${ACCOUNT_ID}:root`]);
  if (names.some((name) => everybody.has(name))) return;
  const given = JSON.stringify(principal ?? { NotPrincipal: statement['NotPrincipal'] });
  throw new Unsupported(`${where}, denies only ${given}: locally callers cannot be told apart, use "*".`);
}

/** `Action` and `Resource`, or their `Not…` forms. Actions do not care for the case of letters; resources do. */
function matcher(
  statement: Readonly<Record<string, unknown>>,
  element: 'Action' | 'Resource',
  where: string,
): (value: string) => boolean {
  const negated = statement[element] === undefined;
  const given = listOf(statement[negated ? `Not${element}` : element]);
  if (given.length === 0) throw new Unsupported(`${where}, has no ${element}.`);
  const patterns = given.map((pattern) => {
    if (typeof pattern === 'string' && !/\$\{(?![*?$]\})/.test(pattern)) {
      return wildcard(pattern, element === 'Action' ? 'i' : '');
    }
    throw new Unsupported(
      `${where}, has the ${element} ${JSON.stringify(pattern)}, which is not supported locally.`,
    );
  });
  return (value) => patterns.some((pattern) => pattern.test(value)) !== negated;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function nameOf(statement: unknown, index: number): string {
  const sid = isObject(statement) ? statement['Sid'] : undefined;
  return typeof sid === 'string' && sid !== '' ? sid : String(index + 1);
}
