import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { rolesPage } from '../../infra/checks/rolesPage.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const { text, template } = await synthesizeApp();

/**
 * What a deployment must never replace while orders wait: a paused execution keeps its definition, which names functions by their
 * ARN, and CloudFormation replaces a resource whose logical id changes. A new line is fine; a changed one needs a migration.
 */
const KEPT = [
  'ApiF1A3B7F9 AWS::AppSync::GraphQLApi',
  'ApiKey98DDBCF8 AWS::AppSync::ApiKey',
  'OrdersBucket807B649C AWS::S3::Bucket',
  'WaitingBucket19BCD63D AWS::S3::Bucket',
  'WorkflowStateMachine85C6F4E4 AWS::StepFunctions::StateMachine',
];

const STEPS = [
  'StepsCancelOrderFunction1AABE17A',
  'StepsCompleteOrderFunctionD6B4CED8',
  'StepsExpireOrderFunction83E5571E',
  'StepsFailOrderFunctionC65F5A2D',
  'StepsProcessOrderFunctionAFD17A50',
  'StepsRejectOrderFunction1F8F0147',
  'StepsStoreTaskTokenFunction07C02D2F',
];

test('the API, its key, the records and the workflow keep their logical ids from version to version', () => {
  const resources: Readonly<Record<string, { readonly Type: string }>> = JSON.parse(text).Resources;

  const ids = Object.entries(resources).map(([id, { Type }]) => `${id} ${Type}`);

  expect(ids).toEqual(expect.arrayContaining(KEPT));
});

test('a paused execution still finds the functions of its definition after an upgrade', () => {
  const resources: Readonly<Record<string, { readonly Type: string }>> = JSON.parse(text).Resources;

  const steps = Object.entries(resources)
    .filter(([id, { Type }]) => id.startsWith('Steps') && Type === 'AWS::Lambda::Function')
    .map(([id]) => id);

  expect(steps.toSorted()).toEqual(STEPS);
});

test('docs/roles.md is what the template says', async () => {
  const file = join(import.meta.dirname, '../../docs/roles.md');

  const page = await format(rolesPage(template), { ...(await resolveConfig(file)), parser: 'markdown' });

  // `node infra/checks/writeRolesPage.ts` writes it anew.
  expect(readFileSync(file, 'utf8')).toBe(page);
});
