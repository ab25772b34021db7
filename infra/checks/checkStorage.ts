import { resourcesOf, type PlainResource, type PlainTemplate } from './plainTemplate.ts';

type Statement = {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
};

const FACTS = ['requests', 'decisions'];

/** What is wrong with the buckets, queues and topics, one sentence each. */
export function checkStorage(template: PlainTemplate): readonly string[] {
  const records = String(template.outputs['BucketName']);
  const buckets = resourcesOf(template, 'AWS::S3::Bucket');
  return [
    ...buckets.flatMap((bucket) => checkBucket(bucket, template)),
    ...buckets
      .filter(({ name }) => `<${name}>` === records)
      .flatMap((bucket) => checkRecords(bucket, template)),
    ...resourcesOf(template, 'AWS::SQS::Queue').flatMap((queue) => checkQueue(queue, template)),
    ...resourcesOf(template, 'AWS::SNS::Topic').flatMap((topic) => checkTopic(topic, template)),
  ];
}

function checkBucket(bucket: PlainResource, template: PlainTemplate): readonly string[] {
  const { name, properties } = bucket;
  const block = Object(properties['PublicAccessBlockConfiguration']);
  const isPrivate = [
    'BlockPublicAcls',
    'BlockPublicPolicy',
    'IgnorePublicAcls',
    'RestrictPublicBuckets',
  ].every((part) => block[part] === true);
  const owner = Object(Object(Object(properties['OwnershipControls']).Rules)[0]).ObjectOwnership;
  const statements = statementsFor(template, { type: 'AWS::S3::BucketPolicy', property: 'Bucket', bucket });
  return [
    ...(isPrivate ? [] : [`${name} may become public.`]),
    ...(properties['BucketEncryption'] === undefined ? [`${name} is not encrypted.`] : []),
    ...(owner === 'BucketOwnerEnforced' ? [] : [`${name} has access lists.`]),
    ...(deniesPlainHttp(statements) ? [] : [`${name} can be reached without TLS.`]),
    ...openStatements(name, statements),
  ];
}

/** Requests and decisions are written once, by everyone, and never deleted. */
function checkRecords(bucket: PlainResource, template: PlainTemplate): readonly string[] {
  const { name, properties, deletionPolicy } = bucket;
  const statements = statementsFor(template, { type: 'AWS::S3::BucketPolicy', property: 'Bucket', bucket });
  const isKept = deletionPolicy.startsWith('Retain');
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

const isForAll = ({ Principal }: Statement): boolean => Principal === '*' || Object(Principal).AWS === '*';

const covers = ({ Resource }: Statement, area: string): boolean =>
  [Resource].flat().some((resource) => String(resource).endsWith(`.Arn>/${area}/*`));

const writesOnce = (statement: Statement, area: string): boolean =>
  isDenial(statement, 's3:PutObject') &&
  covers(statement, area) &&
  JSON.stringify(statement.Condition) === '{"Null":{"s3:if-none-match":"true"}}';

/** A condition may exempt the one role that deletes a person's data. */
const neverDeletes = (statement: Statement, area: string): boolean =>
  isDenial(statement, 's3:DeleteObject') &&
  isDenial(statement, 's3:DeleteObjectVersion') &&
  covers(statement, area);

const isDenial = (statement: Statement, action: string): boolean =>
  statement.Effect === 'Deny' && isForAll(statement) && [statement.Action].flat().includes(action);

const deniesPlainHttp = (statements: readonly Statement[]): boolean =>
  statements.some(
    (statement) =>
      statement.Effect === 'Deny' &&
      isForAll(statement) &&
      JSON.stringify(statement.Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
  );

const openStatements = (name: string, statements: readonly Statement[]): readonly string[] =>
  statements
    .filter((statement) => statement.Effect !== 'Deny' && isForAll(statement))
    .map(() => `The policy of ${name} lets everyone in.`);

function expiringFacts({ properties }: PlainResource): readonly string[] {
  const rules: unknown = Object(properties['LifecycleConfiguration']).Rules ?? [];
  return [rules]
    .flat()
    .map(Object)
    .filter(({ ExpirationInDays }) => ExpirationInDays !== undefined)
    .map(({ Prefix = '' }) => String(Prefix))
    .filter((prefix) => FACTS.some((area) => `${area}/`.startsWith(prefix) || prefix.startsWith(`${area}/`)));
}

function checkQueue(queue: PlainResource, template: PlainTemplate): readonly string[] {
  const { name, properties } = queue;
  const statements = statementsFor(template, {
    type: 'AWS::SQS::QueuePolicy',
    property: 'Queues',
    bucket: queue,
  });
  const isEncrypted =
    properties['SqsManagedSseEnabled'] === true || properties['KmsMasterKeyId'] !== undefined;
  return [
    ...(isEncrypted ? [] : [`${name} is not encrypted.`]),
    ...(deniesPlainHttp(statements) ? [] : [`${name} can be reached without TLS.`]),
    ...openStatements(name, statements),
  ];
}

function checkTopic(topic: PlainResource, template: PlainTemplate): readonly string[] {
  const statements = statementsFor(template, {
    type: 'AWS::SNS::TopicPolicy',
    property: 'Topics',
    bucket: topic,
  });
  return [
    ...(deniesPlainHttp(statements) ? [] : [`${topic.name} can be reached without TLS.`]),
    ...openStatements(topic.name, statements),
  ];
}

type Lookup = { readonly type: string; readonly property: string; readonly bucket: PlainResource };

/** The statements of the policies that name a bucket, a queue or a topic. */
function statementsFor(template: PlainTemplate, { type, property, bucket }: Lookup): readonly Statement[] {
  return resourcesOf(template, type)
    .filter(({ properties }) => [properties[property]].flat().includes(`<${bucket.name}>`))
    .flatMap(({ properties }) => [Object(properties['PolicyDocument']).Statement].flat());
}
