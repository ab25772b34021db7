import { describe, expect, test } from 'vitest';
import { checkTemplate } from '../../../infra/checks/checkTemplate.ts';
import { EVERYTHING_OFF, EVERYTHING_ON, NOW_SECONDS, synthesizeApp } from '../../support/synthesizeApp.ts';
import { changeTemplate } from './changeTemplate.ts';
import { API_DANGERS } from './dangers/apiDangers.ts';
import { OTHER_DANGERS } from './dangers/otherDangers.ts';
import { ROLE_DANGERS } from './dangers/roleDangers.ts';
import { STORAGE_DANGERS } from './dangers/storageDangers.ts';
import { WORKFLOW_DANGERS } from './dangers/workflowDangers.ts';

const { text } = await synthesizeApp({ context: EVERYTHING_ON, nowSeconds: NOW_SECONDS });

test.each([
  ['as it is', {}],
  ['with everything on', EVERYTHING_ON],
  ['with everything off', EVERYTHING_OFF],
  [
    'with approvers of a user pool',
    {
      approvers: 'cognito:eu-central-1_AbCdEfGhI,client1',
      approverGroup: 'approvers',
      selfApproval: 'refused',
    },
  ],
  ['with approvers of an issuer', { approvers: 'oidc:https://login.example.com,web' }],
  ['with one long wait', { deadlineHours: 8736, reminderHours: 8736 }],
  ['with as many reminders as there may be', { deadlineHours: 8700, reminderHours: 87 }],
  ['with the shortest wait', { deadlineHours: 0.003, reminderHours: 0.003 }],
])('finds nothing in the template %s', async (_how, context) => {
  const app = await synthesizeApp({ context, nowSeconds: NOW_SECONDS });

  expect(checkTemplate(JSON.parse(app.text))).toEqual([]);
});

describe.each([
  ['the workflow', WORKFLOW_DANGERS],
  ['the API', API_DANGERS],
  ['the roles', ROLE_DANGERS],
  ['what is stored', STORAGE_DANGERS],
  ['everything else', OTHER_DANGERS],
] as const)('a dangerous change of %s is found', (_part, dangers) => {
  test.each(dangers)('%s', (_what, change, sentence) => {
    const problems = checkTemplate(changeTemplate(text, change));

    expect(problems.join('\n')).toMatch(sentence);
  });
});

test('an API key that decides beside signed-in approvers is found', async () => {
  const { text: signedIn } = await synthesizeApp({
    context: { approvers: 'oidc:https://login.example.com,web' },
  });

  const problems = checkTemplate(
    changeTemplate(signedIn, (template) =>
      template.each('AWS::AppSync::GraphQLSchema', (properties) => {
        properties.Definition = properties.Definition.replace(
          /(confirmOrder\([\s\S]*?\): Order)/,
          '$1 @aws_api_key',
        );
      }),
    ),
  );

  expect(problems.join('\n')).toContain('An API key reaches Mutation.confirmOrder');
});
