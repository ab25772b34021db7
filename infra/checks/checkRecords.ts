import { isDeepStrictEqual } from 'node:util';
import { FORGET_ROLE } from './checkRoles.ts';
import type { PlainResource, PlainTemplate } from './plainTemplate.ts';
import { isForAll, statementsFor, type Statement } from './statementsFor.ts';

const FACTS = ['requests', 'decisions'];
/** What the template says of itself when the deployment asked for it: `-c removalPolicy=destroy`. */
export const GO_WITH_THE_STACK = 'go with the stack';

/** Requests and decisions are written once, by everyone, and never deleted. */
export function checkRecords(bucket: PlainResource, template: PlainTemplate): readonly string[] {
  const { name, properties, deletionPolicy } = bucket;
  const statements = statementsFor(template, { type: 'AWS::S3::BucketPolicy', property: 'Bucket', bucket });
  const isKept = deletionPolicy.startsWith('Retain') || template.metadata['Records'] === GO_WITH_THE_STACK;
  const unguarded = FACTS.filter((area) => !statements.some((statement) => writesOnce(statement, area)));
  const deletable = FACTS.filter((area) => !statements.some((statement) => neverDeletes(statement, area)));
  return [
    ...(Object(properties['VersioningConfiguration']).Status === 'Enabled'
      ? []
      : [`${name} keeps no versions.`]),
    ...(isKept ? [] : [`${name} goes with the stack, and every decision with it.`]),
    ...unguarded.map((area) => `${name} lets ${area}/ be written twice.`),
    ...deletable.map((area) => `${name} lets ${area}/ be deleted.`),
    ...expiringFacts(bucket).map((prefix) => `${name} expires "${prefix}", and facts with it.`),
  ];
}

const covers = ({ Resource }: Statement, area: string): boolean =>
  [Resource].flat().some((resource) => String(resource).endsWith(`.Arn>/${area}/*`));

/** Both exempt the one role that removes what people wrote from records, and no other. */
const IS_ANOTHER = { ArnNotEquals: { 'aws:PrincipalArn': `<${FORGET_ROLE}.Arn>` } };

const writesOnce = (statement: Statement, area: string): boolean =>
  isDenial(statement, 's3:PutObject') &&
  covers(statement, area) &&
  isDeepStrictEqual(statement.Condition, { ...IS_ANOTHER, Null: { 's3:if-none-match': 'true' } });

const neverDeletes = (statement: Statement, area: string): boolean =>
  isDenial(statement, 's3:DeleteObject') &&
  isDenial(statement, 's3:DeleteObjectVersion') &&
  covers(statement, area) &&
  isDeepStrictEqual(statement.Condition, IS_ANOTHER);

const isDenial = (statement: Statement, action: string): boolean =>
  statement.Effect === 'Deny' && isForAll(statement) && [statement.Action].flat().includes(action);

function expiringFacts({ properties }: PlainResource): readonly string[] {
  const rules: unknown = Object(properties['LifecycleConfiguration']).Rules ?? [];
  return [rules]
    .flat()
    .map(Object)
    .filter(({ ExpirationInDays }) => ExpirationInDays !== undefined)
    .map(({ Prefix = '' }) => String(Prefix))
    .filter((prefix) => FACTS.some((area) => `${area}/`.startsWith(prefix) || prefix.startsWith(`${area}/`)));
}
