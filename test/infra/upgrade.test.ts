import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defineWorkflow } from '../../infra/workflow/defineWorkflow.ts';
import { STEP_HANDLERS } from '../../infra/handlers.ts';
import { recordOf } from '../../infra/recordOf.ts';
import { parseSettings } from '../../infra/settings.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const { text } = await synthesizeApp();
const CONTRACT: Readonly<Record<string, { readonly why: string; readonly values: unknown }>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'upgradeContract.json'), 'utf8'),
);

const idsOf = (type: string) =>
  Object.entries<{ Type: string }>(JSON.parse(text).Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id]) => id);

const { States } = defineWorkflow({
  partition: 'aws',
  functionArns: recordOf(STEP_HANDLERS, (handler) => handler),
  settings: parseSettings({}, 0),
});

const CURRENT: Readonly<Record<string, unknown>> = {
  states: Object.fromEntries(
    Object.entries(States).map(([name, { Arguments }]) => [
      name,
      [Arguments.FunctionName, Arguments.Payload],
    ]),
  ),
  stateMachine: idsOf('AWS::StepFunctions::StateMachine'),
  stepFunctions: idsOf('AWS::Lambda::Function').filter((id) => id.startsWith('Steps')),
  buckets: idsOf('AWS::S3::Bucket'),
  api: idsOf('AWS::AppSync::GraphQLApi'),
};

// A change here needs an upgrade path for the orders that wait, and only then a change of upgradeContract.json.
test.each(Object.entries(CONTRACT))(
  'an upgrade keeps the %s of orders that wait',
  (name, { why, values }) => {
    expect({ why, values: CURRENT[name] }).toEqual({ why, values });
  },
);

test('the contract covers everything that orders that wait depend on', () => {
  expect(Object.keys(CONTRACT)).toEqual(Object.keys(CURRENT));
});
