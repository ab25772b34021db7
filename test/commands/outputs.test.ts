import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { splitContext } from '../../commands/cdk.ts';
import { refuseDangers } from '../../commands/deploy.ts';
import { readOutputs, regionOf, writeOutputs } from '../../commands/outputs.ts';
import { configOf } from '../../commands/page.ts';
import { changeTemplate } from '../infra/checks/changeTemplate.ts';
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

test.each([
  [undefined, /outputs\.json does not exist: npm run deploy writes it, or name another file\.$/],
  ['{', /outputs\.json is not valid JSON\.$/],
  ['{"Other": {}}', /outputs\.json has no GraphQLUrl: it is not the file that npm run deploy wrote\.$/],
])('a file that holds %s is refused with one sentence', (text, sentence) => {
  expect(() => readOutputs(temporaryFile('outputs.json', text))).toThrow(sentence);
});

test("settings go to the synthesis, and everything else to CDK's deployment", () => {
  expect(
    splitContext(['-c', 'stage=dev', '--require-approval', 'never', '--context', 'tracing=off']),
  ).toEqual({
    context: ['-c', 'stage=dev', '-c', 'tracing=off'],
    others: ['--require-approval', 'never'],
  });
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

  expect(configOf(outputs, 'da2-example')).toEqual({
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
