import { resourcesOf, type PlainResource, type PlainTemplate } from './plainTemplate.ts';

const MAX_API_SECONDS = 28; // a resolver has 30 s
const VARIABLES = [
  'BUCKET_NAME',
  'WAITING_BUCKET_NAME',
  'STATE_MACHINE_ARN',
  'GRAPHQL_URL',
  'EVENTS_URL',
  'METRICS_NAMESPACE',
  'APPROVER_GROUP',
  'SELF_APPROVAL',
];
/** Every type of resource that the stack may have. */
const TYPES = [
  'AWS::AppSync::ApiKey',
  'AWS::AppSync::DataSource',
  'AWS::AppSync::GraphQLApi',
  'AWS::AppSync::GraphQLSchema',
  'AWS::AppSync::Resolver',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::StepFunctions::StateMachine',
  'AWS::WAFv2::WebACL',
  'AWS::WAFv2::WebACLAssociation',
];

/** What is wrong with the functions, their logs and alarms, and the kinds of resources; one sentence each. */
export function checkFunctions(template: PlainTemplate): readonly string[] {
  return [
    ...template.resources
      .filter(({ type }) => !TYPES.includes(type))
      .map(({ name, type }) => `${name} is ${type}, which is not on the list of checkFunctions.ts.`),
    ...resourcesOf(template, 'AWS::Lambda::Function').flatMap(checkFunction),
    ...resourcesOf(template, 'AWS::Logs::LogGroup')
      .filter(({ properties }) => properties['RetentionInDays'] === undefined)
      .map(({ name }) => `${name} keeps its log lines forever: it needs a retention.`),
    ...checkAlarms(template),
  ];
}

/** Any other option of Node could load code, or let someone look inside. */
function isSourceMaps(variable: string, value: unknown): boolean {
  return variable === 'NODE_OPTIONS' && value === '--enable-source-maps';
}

function checkFunction({ name, properties }: PlainResource): readonly string[] {
  const variables = Object.entries(Object(Object(properties['Environment']).Variables));
  const isTooSlow = name.startsWith('api/') && Number(properties['Timeout']) > MAX_API_SECONDS;
  const { ApplicationLogLevel = 'INFO' } = Object(properties['LoggingConfig']);
  return [
    ...variables
      .filter(([variable, value]) => !VARIABLES.includes(variable) && !isSourceMaps(variable, value))
      .map(
        ([variable]) =>
          `${name} has the variable ${variable}, which is not on the list of checkFunctions.ts.`,
      ),
    ...(properties['Runtime'] === 'nodejs24.x'
      ? []
      : [`${name} runs on ${String(properties['Runtime'])}; it must run on nodejs24.x.`]),
    ...(isTooSlow ? [`${name} may outlive its resolver, which has 30 seconds.`] : []),
    ...(Object(properties['LoggingConfig']).LogGroup === undefined
      ? [`${name} does not name the log group that it writes to.`]
      : []),
    ...(['DEBUG', 'TRACE'].includes(ApplicationLogLevel)
      ? [`${name} logs what only a developer may see.`]
      : []),
  ];
}

/** Every alarm has an action, or the deployment has no topic. */
function checkAlarms(template: PlainTemplate): readonly string[] {
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
  const hasTopic = resourcesOf(template, 'AWS::SNS::Topic').length > 0;
  return alarms
    .filter(({ properties }) => hasTopic && [properties['AlarmActions'] ?? []].flat().length === 0)
    .map(({ name }) => `${name} has no action.`);
}
