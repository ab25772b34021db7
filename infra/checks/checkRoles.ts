import { permissionsOf } from './permissionsOf.ts';
import { resourcesOf, type PlainTemplate } from './plainTemplate.ts';

const SERVICES = ['lambda.amazonaws.com', 'appsync.amazonaws.com', 'states.amazonaws.com'];
/** Actions for which AWS knows no resource. */
const WITHOUT_RESOURCE =
  /^(logs:(Create|Delete|Get|List|Update)LogDeliver(y|ies)|logs:Describe(LogGroups|ResourcePolicies)|logs:PutResourcePolicy|xray:(GetSampling(Rules|Targets)|Put(TraceSegments|TelemetryRecords))) \*$/;
/** Each permission that a role may have: an action, and what it may be for. */
const ALLOWED = [
  WITHOUT_RESOURCE,
  /^logs:(CreateLogGroup|CreateLogStream|PutLogEvents) <\w+\.Arn>$/,
  /^s3:(GetObject|PutObject) <\w+\.Arn>\/(requests|decisions|orders)\/\*\.json$/,
  /^s3:PutObject <\w+\.Arn>\/ended\/\*$/,
  /^s3:ListBucket <\w+\.Arn>( when \{"StringLike(IfExists)?":\{"s3:prefix":.*\}\})?$/,
  /^s3:(GetObject|PutObject|DeleteObject) <\w+\.Arn>\/(tokens\/\*\.json|pending\/\*)$/,
  /^s3:(GetObject|PutObject|DeleteObject) <Waiting\w*\.Arn>\/\*$/,
  /^appsync:GraphQL <Api\.Arn>\/types\/Mutation\/fields\/publishOrderStatus$/,
  /^states:(StartExecution|SendTaskSuccess|SendTaskFailure) <\w+>$/,
  /^lambda:InvokeFunction <(api|steps)\/\w+\.Arn>$/,
  /^sqs:(SendMessage|ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility) <\w+\.Arn>$/,
  /^events:PutEvents arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus\/default$/,
  /^kms:(Decrypt|GenerateDataKey) <\w+\.Arn>$/,
];

/** The one role that removes what people wrote from records. People of the account take it on, and no function has it. */
export const FORGET_ROLE = 'OrdersForgetRole';
const FORGET_ALLOWED = [
  /^s3:PutObject <OrdersBucket\.Arn>\/(requests|decisions|orders)\/\*\.json when \{"Null":\{"s3:if-match":"false"\}\}$/,
  /^s3:(GetObject|DeleteObject|DeleteObjectVersion) <OrdersBucket\.Arn>\/(requests|decisions|orders)\/\*\.json$/,
  /^s3:ListBucket(Versions)? <OrdersBucket\.Arn> when \{"StringLike(IfExists)?":\{"s3:prefix":\["requests\/\*","decisions\/\*","orders\/\*"\]\}\}$/,
  /^kms:(Decrypt|GenerateDataKey) <\w+\.Arn>$/,
];
const OWN_ACCOUNT = 'arn:<AWS::Partition>:iam::<AWS::AccountId>:root';

/** What is wrong with the roles, one sentence each. */
export function checkRoles(template: PlainTemplate): readonly string[] {
  const permissions = Object.entries(permissionsOf(template)).flatMap(([role, lines]) =>
    lines
      .filter((line) => !allowedFor(role).some((allowed) => allowed.test(line)))
      .map((line) => `${role} may ${line}, which is not on the list of checkRoles.ts.`),
  );
  return [...permissions, ...checkTrust(template), ...checkSharing(template), ...checkCallers(template)];
}

const allowedFor = (role: string): readonly RegExp[] => (role === FORGET_ROLE ? FORGET_ALLOWED : ALLOWED);

function checkTrust(template: PlainTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::IAM::Role').flatMap(({ name, properties }) => {
    const { Statement } = Object(properties['AssumeRolePolicyDocument']);
    const principals = [Statement].flat().map((statement) => Object(Object(statement).Principal));
    const [{ Service, AWS } = {}, ...others] = principals;
    const isTrusted = name === FORGET_ROLE ? AWS === OWN_ACCOUNT : SERVICES.includes(String(Service));
    return [
      ...(isTrusted && others.length === 0
        ? []
        : [`${name} can be assumed by ${JSON.stringify(Statement)}.`]),
      ...(properties['ManagedPolicyArns'] === undefined ? [] : [`${name} has a policy that AWS manages.`]),
    ];
  });
}

function checkSharing(template: PlainTemplate): readonly string[] {
  const roles = resourcesOf(template, 'AWS::Lambda::Function').map(({ properties }) => properties['Role']);
  const shared = roles.filter((role, index) => roles.indexOf(role) !== index);
  return shared.map((role) => `${String(role)} is the role of two functions.`);
}

/** Services call a function for one rule, bucket or API, and never for everyone. */
function checkCallers(template: PlainTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::Lambda::Permission').flatMap(({ name, properties }) => {
    const isService = /^[a-z]+\.amazonaws\.com$/.test(String(properties['Principal']));
    const isForOne = /^<\w+\.Arn>$/.test(String(properties['SourceArn']));
    return isService && isForOne ? [] : [`${name} lets ${String(properties['Principal'])} call a function.`];
  });
}
