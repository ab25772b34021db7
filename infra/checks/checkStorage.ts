import { checkRecords } from './checkRecords.ts';
import { deniesPlainHttp, openStatements, statementsFor } from './statementsFor.ts';
import { resourcesOf, type PlainResource, type PlainTemplate } from './plainTemplate.ts';

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
    ...resourcesOf(template, 'AWS::KMS::Key').flatMap(checkKey),
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

/** Without its rotation a key is one secret for ever. */
function checkKey({ name, properties }: PlainResource): readonly string[] {
  const statements = [Object(properties['KeyPolicy']).Statement].flat();
  const isRotated = properties['EnableKeyRotation'] === true;
  return [...(isRotated ? [] : [`${name} is never rotated.`]), ...openStatements(name, statements)];
}
