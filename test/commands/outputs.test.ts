import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fetchApiKey } from '../../commands/apiKeys.ts';
import { parseCdkWords } from '../../commands/parseCdkWords.ts';
import { refuseDangers } from '../../commands/refuseDangers.ts';
import { refuseUnnamedKeyEnd } from '../../commands/refuseUnnamedKeyEnd.ts';
import { readOutputs, regionOf, writeOutputs } from '../../commands/outputs.ts';
import { pageConfig } from '../../commands/pageConfig.ts';
import { changeTemplate } from '../infra/checks/changeTemplate.ts';
import { standInForAws } from '../support/standInForAws.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const OUTPUTS = {
  GraphQLUrl: 'https://example.appsync-api.eu-central-1.amazonaws.com/graphql',
  RealtimeUrl: 'wss://example.appsync-realtime-api.eu-central-1.amazonaws.com/graphql',
  ApiId: 'abc',
  StateMachineArn: 'arn:aws:states:eu-central-1:111111111111:stateMachine:Orders',
  BucketName: 'records',
};

function temporaryFile(name: string, text?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-outputs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (text !== undefined) writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('outputs.json is written for its owner alone, and read back', () => {
  const file = temporaryFile('outputs.json');

  writeOutputs(file, { 'Countersign-dev': { ...OUTPUTS, ApiKey: 'da2-example' } });

  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readOutputs(file)).toEqual({ ...OUTPUTS, ApiKey: 'da2-example' });
  expect(regionOf(readOutputs(file))).toBe('eu-central-1');
});

const holding = (outputs: object) => JSON.stringify({ Countersign: { ...OUTPUTS, ...outputs } });
const NOT_WRITTEN = 'it is not the file that npm run deploy wrote.';

test.each([
  [undefined, 'outputs.json does not exist: npm run deploy writes it, or name another file.'],
  ['{', 'outputs.json is not valid JSON.'],
  ['null', `outputs.json has no GraphQLUrl: ${NOT_WRITTEN}`],
  ['{"Other": {}}', `outputs.json has no GraphQLUrl: ${NOT_WRITTEN}`],
  [holding({ BucketName: 1 }), `outputs.json has no BucketName: ${NOT_WRITTEN}`],
  [holding({ BucketName: '' }), `BucketName in FILE is "": ${NOT_WRITTEN}`],
  [holding({ GraphQLUrl: 'example' }), `GraphQLUrl in FILE is "example": ${NOT_WRITTEN}`],
  [holding({ RealtimeUrl: 'https://a.b' }), `RealtimeUrl in FILE is "https://a.b": ${NOT_WRITTEN}`],
  [holding({ StateMachineArn: 'Orders' }), `StateMachineArn in FILE is "Orders": ${NOT_WRITTEN}`],
  [
    JSON.stringify({ Countersign: OUTPUTS, 'Countersign-dev': OUTPUTS }),
    'outputs.json has the outputs of Countersign and Countersign-dev: name a file with one stack.',
  ],
])('a file that holds %s is refused with one sentence', (text, sentence) => {
  const file = temporaryFile('outputs.json', text);

  expect(() => readOutputs(file)).toThrow(sentence.replace('FILE', file));
});

test('a folder in the place of outputs.json is refused with one sentence', () => {
  const folder = dirname(temporaryFile('outputs.json', '{}'));

  expect(() => readOutputs(folder)).toThrow(/cannot be read \(Error: EISDIR.*\)\.$/);
});

test.each([
  [
    ['-c', 'stage=dev', '--require-approval', 'never', '--context', 'tracing=off'],
    ['stage=dev', 'tracing=off'],
    ['--require-approval=never'],
  ],
  [['-cstage=dev', '--context=tags=team=orders,env=prod'], ['stage=dev', 'tags=team=orders,env=prod'], []],
  [
    ['--ci', '-v', '-r', 'arn:aws:iam::1:role/x'],
    [],
    ['--ci', '--verbose', '--role-arn=arn:aws:iam::1:role/x'],
  ],
])('of %j the settings go to the synthesis, and the options to cdk', (words, settings, options) => {
  const ofCdk = { 'require-approval': { takes: 'a value' } } as const;

  const { context, forCdk } = parseCdkWords(words, { command: 'npm run deploy', ofCdk, own: {} });

  expect(context.filter((word) => word !== '-c')).toEqual(settings);
  expect(forCdk).toEqual(options);
});

test('--profile and --region hold for cdk and for what the command itself asks AWS', () => {
  vi.stubEnv('AWS_PROFILE', 'default');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  onTestFinished(() => void vi.unstubAllEnvs());
  const ofCdk = { region: { takes: 'a value' } } as const;

  const { forCdk } = parseCdkWords(['--profile', 'prod', '--region=eu-west-1'], {
    command: 'npm run deploy',
    ofCdk,
    own: {},
  });

  expect([process.env['AWS_PROFILE'], process.env['AWS_REGION'], forCdk]).toEqual(['prod', 'eu-west-1', []]);
});

test('a deployment whose API key would end after a week is refused unless that was said', () => {
  const now = Date.parse('2026-12-01T00:00:00Z');

  expect(() => refuseUnnamedKeyEnd(['-c', 'secondApiKeyExpires=trial', 'deadlineHours'], now)).toThrow(
    'apiKeyExpires is not set, and without a date AppSync ends the API key after 7 days. Set it in cdk.json or here, to a day up to 365 days ahead: npm run deploy -- -c apiKeyExpires=2027-05-30. For a trial of 7 days: -c apiKeyExpires=trial.',
  );
  for (const named of ['apiKeyExpires=trial', 'apiKeyExpires=2027-06-30', 'apiKeyExpires'])
    expect(() => refuseUnnamedKeyEnd(['-c', named], now)).not.toThrow();
});

test('a template that is not safe is not deployed', async () => {
  const { text } = await synthesizeApp();
  const changed = changeTemplate(text, (template) =>
    template.state('WaitForConfirmation', { TimeoutSeconds: undefined }),
  );
  const file = temporaryFile('Countersign.template.json', JSON.stringify(changed));

  expect(() => refuseDangers(join(file, '..'))).toThrow(
    /^The template is not safe to deploy:\n- .*wait without an end/,
  );
});

test('the page learns where to sign in, and the API key, from the outputs', () => {
  const outputs = {
    ...OUTPUTS,
    SignInIssuer: 'https://login.example.com',
    SignInClientId: 'web',
    ApproverGroup: 'approvers',
    SelfApproval: 'refused',
  };

  expect(pageConfig(outputs, 'da2-example')).toEqual({
    graphqlUrl: OUTPUTS.GraphQLUrl,
    realtimeUrl: OUTPUTS.RealtimeUrl,
    apiKey: 'da2-example',
    region: 'eu-central-1',
    signIn: { issuer: 'https://login.example.com', clientId: 'web' },
    outputs: { ApproverGroup: 'approvers', SelfApproval: 'refused' },
  });
});

test('outputs.json is for its owner alone, whatever stood there before', () => {
  const file = temporaryFile('outputs.json', '{}');
  expect(statSync(file).mode & 0o777).not.toBe(0o600);

  writeOutputs(file, { Countersign: { ApiKey: 'da2-x' } });

  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('of two API keys the one that lives longest is written', async () => {
  const aws = await standInForAws();
  onTestFinished(aws.close);
  vi.stubEnv('AWS_ENDPOINT_URL_APPSYNC', aws.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret');
  onTestFinished(() => void vi.unstubAllEnvs());
  aws.keys.set('da2-first', 1_800_000_000).set('da2-second', 1_900_000_000);

  expect(await fetchApiKey(OUTPUTS)).toBe('da2-second');
  aws.keys.clear();
  await expect(fetchApiKey(OUTPUTS)).rejects.toThrow(
    'The API has no key: set apiKeyExpires or secondApiKeyExpires and deploy again.',
  );
});
