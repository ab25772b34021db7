import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainTemplate, resourcesOf } from '../../infra/checks/plainTemplate.ts';
import { EVERYTHING_ON, NOW_SECONDS, synthesizeApp } from '../support/synthesizeApp.ts';

type Resource = {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
};

// CloudFormation makes resources side by side as soon as what they name exists. What a service checks at that moment must be
// there before, or a first deployment fails in its middle.
describe.each([
  ['as it is', {}],
  ['with everything on', EVERYTHING_ON],
])('a first deployment %s', async (_how, context) => {
  const { text } = await synthesizeApp({ context, nowSeconds: NOW_SECONDS });
  const resources: Readonly<Record<string, Resource>> = JSON.parse(text).Resources;
  const idsOf = (type: string) => Object.keys(resources).filter((id) => resources[id]?.Type === type);
  const namedIn = (value: unknown) =>
    Object.keys(resources).filter((id) => JSON.stringify(value).includes(`"${id}"`));

  /** Everything that exists when a resource is made: what it names, what that names, and so on. */
  function before(id: string, known = new Set<string>()): ReadonlySet<string> {
    for (const other of namedIn({ ...resources[id], Type: null }))
      if (other !== id && !known.has(other)) before(other, known.add(other));
    return known;
  }
  const policiesOf = (role: string) =>
    idsOf('AWS::IAM::Policy').filter((id) => namedIn(resources[id]?.Properties['Roles']).includes(role));
  const allows = (id: string, action: string) =>
    JSON.stringify(resources[id]?.Properties).includes(`"${action}"`);

  test.each(idsOf('AWS::Lambda::Function'))('%s may write traces when it is made', (id) => {
    const [role = ''] = namedIn(resources[id]?.Properties['Role']);

    const made = [role, ...policiesOf(role)].filter((one) => before(id).has(one));

    expect(resources[id]?.Properties['TracingConfig']).toEqual({ Mode: 'Active' });
    expect(made.some((one) => allows(one, 'xray:PutTraceSegments'))).toBe(true);
  });

  test.each(idsOf('AWS::Lambda::EventSourceMapping'))(
    'the function of %s may read its queue by then',
    (id) => {
      const [name = ''] = namedIn(resources[id]?.Properties['FunctionName']);
      const [role = ''] = namedIn(resources[name]?.Properties['Role']);

      const made = [role, ...policiesOf(role)].filter((one) => before(id).has(one));

      expect(made.some((one) => allows(one, 'sqs:ReceiveMessage'))).toBe(true);
    },
  );

  test('the workflow may write its log and its traces when it is made', () => {
    const [machine = ''] = idsOf('AWS::StepFunctions::StateMachine');
    const [role = ''] = namedIn(resources[machine]?.Properties['RoleArn']);

    expect(allows(role, 'logs:CreateLogDelivery')).toBe(true);
    expect(allows(role, 'xray:PutTraceSegments')).toBe(true);
  });

  test('S3 may send to the queue that a bucket tells', () => {
    const [bucket = ''] = idsOf('AWS::S3::Bucket').filter(
      (id) => resources[id]?.Properties['NotificationConfiguration'],
    );
    const [queue = ''] = namedIn(resources[bucket]?.Properties['NotificationConfiguration']);
    const policies = idsOf('AWS::SQS::QueuePolicy').filter((id) =>
      namedIn(resources[id]?.Properties['Queues']).includes(queue),
    );

    expect(policies).toHaveLength(1);
    expect([...before(bucket)]).toEqual(expect.arrayContaining(policies));
  });

  test.each([...idsOf('AWS::AppSync::ApiKey'), ...idsOf('AWS::AppSync::Resolver')])(
    '%s comes after the schema: AppSync refuses both at the same time',
    (id) => expect([...before(id)]).toEqual(expect.arrayContaining(idsOf('AWS::AppSync::GraphQLSchema'))),
  );
});

// The names that the template gives; CloudFormation makes every other one, and shortens it.
test.each([
  ['AWS::CloudWatch::Dashboard', 'DashboardName', /^[\w-]{1,255}$/],
  ['AWS::Logs::LogGroup', 'LogGroupName', /^[\w./#-]{1,512}$/],
  ['AWS::CloudFront::Function', 'Name', /^[\w-]{1,64}$/],
  ['AWS::CloudFront::OriginAccessControl', 'Name', /^[\w-]{1,64}$/],
  ['AWS::CloudFront::ResponseHeadersPolicy', 'Name', /^[\w-]{1,128}$/],
])('%s has a name that AWS takes, with the longest stage and region', async (type, property, allowed) => {
  const { folder } = await synthesizeApp({ context: { page: 'on', stage: 'abcdefghijklmnop' } });

  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => resourcesOf(plainTemplate(JSON.parse(readFileSync(join(folder, file), 'utf8'))), type))
    .flatMap(({ properties }) => [properties, ...Object.values(properties).map(Object)])
    .map((part) => part[property])
    .filter((name) => typeof name === 'string')
    .map((name) => name.replace('<AWS::Region>', 'ap-southeast-1').replace('<Api.ApiId>', 'a'.repeat(26)));

  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(name).toMatch(allowed);
});
