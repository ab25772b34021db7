import { createHash } from 'node:crypto';
import { ACCOUNT_ID, PARTITION, REGION } from '../../ground/account.ts';

/** A resource as its names see it: properties already evaluated. */
export type NamedResource = {
  readonly stack: string;
  readonly logicalId: string;
  readonly property: (name: string) => string | null;
};

/** What is not in the template: where the cloud listens, and the keys of its data folder. */
export type IdentityContext = {
  readonly port: number;
  readonly apiKey: (resource: string) => string;
};

export type Identity = {
  readonly reference: (resource: NamedResource, context: IdentityContext) => string;
  readonly attributes: Readonly<
    Record<string, (resource: NamedResource, context: IdentityContext) => string>
  >;
};

/** CloudFormation's scheme for a resource without a name, but the same at every start. */
function physicalName(resource: NamedResource, nameProperty: string): string {
  return (
    resource.property(nameProperty) ??
    `${resource.stack}-${resource.logicalId}-${mark(resource, 12).toUpperCase()}`
  );
}

function mark({ stack, logicalId }: NamedResource, length: number): string {
  return createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, length);
}

function arn(service: string, path: string): string {
  return `arn:${PARTITION}:${service}:${REGION}:${ACCOUNT_ID}:${path}`;
}

function bucketName(resource: NamedResource): string {
  const given = resource.property('BucketName');
  const start = `${resource.stack}-${resource.logicalId}`.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-');
  return given ?? `${start.slice(0, 50)}-${mark(resource, 12)}`;
}

const lambdaArn = (resource: NamedResource) =>
  arn('lambda', `function:${physicalName(resource, 'FunctionName')}`);
const mappingId = (resource: NamedResource) =>
  mark(resource, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const machineArn = (resource: NamedResource) =>
  arn('states', `stateMachine:${physicalName(resource, 'StateMachineName')}`);
const ruleArn = (resource: NamedResource) => arn('events', `rule/${physicalName(resource, 'Name')}`);
const queueName = (resource: NamedResource) => physicalName(resource, 'QueueName');
const queueUrl = (resource: NamedResource, { port }: IdentityContext) =>
  `http://127.0.0.1:${port}/${ACCOUNT_ID}/${queueName(resource)}`;
const distributionId = (resource: NamedResource) => mark(resource, 14).toUpperCase();
const topicArn = (resource: NamedResource) => arn('sns', physicalName(resource, 'TopicName'));
const roleName = (resource: NamedResource) => physicalName(resource, 'RoleName');
const roleArn = (resource: NamedResource) => `arn:${PARTITION}:iam::${ACCOUNT_ID}:role/${roleName(resource)}`;
const apiId = (resource: NamedResource) => mark(resource, 26);
const apiArn = (resource: NamedResource) => arn('appsync', `apis/${apiId(resource)}`);
const host = ({ port }: IdentityContext) => `localhost:${port}`;
const ownApiId = (resource: NamedResource) => resource.property('ApiId') ?? '';
const dataSourceArn = (resource: NamedResource) =>
  arn('appsync', `apis/${ownApiId(resource)}/datasources/${resource.property('Name') ?? ''}`);
const resolverArn = (resource: NamedResource) =>
  arn(
    'appsync',
    `apis/${ownApiId(resource)}/types/${resource.property('TypeName') ?? ''}/resolvers/${resource.property('FieldName') ?? ''}`,
  );
const functionId = (resource: NamedResource) => mark(resource, 26);
const functionArn = (resource: NamedResource) =>
  arn('appsync', `apis/${ownApiId(resource)}/functions/${functionId(resource)}`);
const keyId = (resource: NamedResource) => `da2-${mark(resource, 26)}`;
const nameOnly = (nameProperty: string): Identity => ({
  reference: (resource) => physicalName(resource, nameProperty),
  attributes: {},
});

/** Every resource type that a template may hold, with what `Ref` and `Fn::GetAtt` give for it (AWS CloudFormation's reference). */
export const IDENTITIES = {
  'AWS::S3::Bucket': {
    reference: bucketName,
    attributes: {
      Arn: (resource) => `arn:${PARTITION}:s3:::${bucketName(resource)}`,
      DomainName: (resource) => `${bucketName(resource)}.s3.amazonaws.com`,
      RegionalDomainName: (resource) => `${bucketName(resource)}.s3.${REGION}.amazonaws.com`,
    },
  },
  'AWS::S3::BucketPolicy': { reference: (resource) => resource.property('Bucket') ?? '', attributes: {} },
  'AWS::IAM::Role': {
    reference: roleName,
    attributes: { Arn: roleArn, RoleId: (resource) => mark(resource, 20) },
  },
  'AWS::IAM::Policy': nameOnly('PolicyName'),
  'AWS::IAM::ManagedPolicy': {
    reference: (resource) =>
      `arn:${PARTITION}:iam::${ACCOUNT_ID}:policy/${physicalName(resource, 'ManagedPolicyName')}`,
    attributes: {},
  },
  'AWS::Logs::LogGroup': {
    reference: (resource) => physicalName(resource, 'LogGroupName'),
    attributes: { Arn: (resource) => arn('logs', `log-group:${physicalName(resource, 'LogGroupName')}:*`) },
  },
  'AWS::Logs::MetricFilter': nameOnly('FilterName'),
  'AWS::Logs::ResourcePolicy': nameOnly('PolicyName'),
  'AWS::Lambda::Function': {
    reference: (resource) => physicalName(resource, 'FunctionName'),
    attributes: { Arn: lambdaArn },
  },
  'AWS::Lambda::Permission': nameOnly('Id'),
  'AWS::Lambda::EventInvokeConfig': nameOnly('Id'),
  'AWS::Lambda::EventSourceMapping': {
    reference: mappingId,
    attributes: {
      Id: mappingId,
      EventSourceMappingArn: (resource) => arn('lambda', `event-source-mapping:${mappingId(resource)}`),
    },
  },
  'AWS::StepFunctions::StateMachine': {
    reference: machineArn,
    attributes: { Arn: machineArn, Name: (resource) => physicalName(resource, 'StateMachineName') },
  },
  'AWS::AppSync::GraphQLApi': {
    reference: apiArn,
    attributes: {
      ApiId: apiId,
      Arn: apiArn,
      GraphQLUrl: (_resource, context) => `http://${host(context)}/graphql`,
      RealtimeUrl: (_resource, context) => `ws://${host(context)}/graphql/realtime`,
      GraphQLDns: (_resource, context) => host(context),
      RealtimeDns: (_resource, context) => host(context),
      GraphQLEndpointArn: (resource) => arn('appsync', `endpoints/graphql-api/${apiId(resource)}`),
    },
  },
  'AWS::AppSync::ApiKey': {
    reference: (resource) => arn('appsync', `apis/${ownApiId(resource)}/apikey/${keyId(resource)}`),
    attributes: {
      ApiKey: (resource, context) => context.apiKey(`${resource.stack}/${resource.logicalId}`),
      ApiKeyId: keyId,
      Arn: (resource) => arn('appsync', `apis/${ownApiId(resource)}/apikey/${keyId(resource)}`),
    },
  },
  'AWS::AppSync::GraphQLSchema': {
    reference: (resource) => `${ownApiId(resource)}GraphQLSchema`,
    attributes: { Id: (resource) => `${ownApiId(resource)}GraphQLSchema` },
  },
  'AWS::AppSync::DataSource': {
    reference: dataSourceArn,
    attributes: { DataSourceArn: dataSourceArn, Name: (resource) => resource.property('Name') ?? '' },
  },
  'AWS::AppSync::Resolver': {
    reference: resolverArn,
    attributes: {
      ResolverArn: resolverArn,
      TypeName: (resource) => resource.property('TypeName') ?? '',
      FieldName: (resource) => resource.property('FieldName') ?? '',
    },
  },
  'AWS::AppSync::FunctionConfiguration': {
    reference: functionArn,
    attributes: {
      FunctionId: functionId,
      FunctionArn: functionArn,
      Name: (resource) => resource.property('Name') ?? '',
      DataSourceName: (resource) => resource.property('DataSourceName') ?? '',
    },
  },
  'AWS::Events::Rule': {
    reference: (resource) => physicalName(resource, 'Name'),
    attributes: { Arn: ruleArn },
  },
  'AWS::SQS::Queue': {
    reference: queueUrl,
    attributes: {
      Arn: (resource) => arn('sqs', queueName(resource)),
      QueueName: queueName,
      QueueUrl: queueUrl,
    },
  },
  'AWS::SQS::QueuePolicy': nameOnly('Id'),
  'AWS::CloudWatch::Alarm': {
    reference: (resource) => physicalName(resource, 'AlarmName'),
    attributes: { Arn: (resource) => arn('cloudwatch', `alarm:${physicalName(resource, 'AlarmName')}`) },
  },
  'AWS::CloudWatch::Dashboard': nameOnly('DashboardName'),
  'AWS::SNS::Topic': {
    reference: topicArn,
    attributes: { TopicArn: topicArn, TopicName: (resource) => physicalName(resource, 'TopicName') },
  },
  'AWS::SNS::TopicPolicy': nameOnly('Id'),
  'AWS::SNS::Subscription': nameOnly('Id'),
  'AWS::WAFv2::WebACL': {
    reference: (resource) => `${physicalName(resource, 'Name')}|${mark(resource, 26)}|REGIONAL`,
    attributes: {
      Arn: (resource) =>
        arn('wafv2', `regional/webacl/${physicalName(resource, 'Name')}/${mark(resource, 26)}`),
    },
  },
  'AWS::WAFv2::WebACLAssociation': nameOnly('Id'),
  'AWS::KMS::Key': {
    reference: (resource) => mark(resource, 32),
    attributes: {
      Arn: (resource) => arn('kms', `key/${mark(resource, 32)}`),
      KeyId: (resource) => mark(resource, 32),
    },
  },
  'AWS::CloudFront::Distribution': {
    reference: distributionId,
    attributes: { Id: distributionId, DomainName: (resource) => `${mark(resource, 13)}.cloudfront.net` },
  },
  'AWS::CloudFront::Function': {
    reference: (resource) => physicalName(resource, 'Name'),
    attributes: {
      FunctionARN: (resource) =>
        `arn:${PARTITION}:cloudfront::${ACCOUNT_ID}:function/${physicalName(resource, 'Name')}`,
    },
  },
  'AWS::CloudFront::OriginAccessControl': { reference: (resource) => mark(resource, 14), attributes: {} },
  'AWS::CloudFront::ResponseHeadersPolicy': { reference: (resource) => mark(resource, 36), attributes: {} },
  'AWS::CDK::Metadata': nameOnly('Id'),
  // What the CDK adds to an API whose logs are to be kept for a time.
  'Custom::LogRetention': {
    reference: (resource) => physicalName(resource, 'LogGroupName'),
    attributes: { LogGroupName: (resource) => physicalName(resource, 'LogGroupName') },
  },
} satisfies Readonly<Record<string, Identity>>;

export type ResourceType = keyof typeof IDENTITIES;

export function isResourceType(type: string): type is ResourceType {
  return Object.hasOwn(IDENTITIES, type);
}
