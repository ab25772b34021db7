import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test, vi } from 'vitest';
import { synthesize } from '../../infra/synthesize.ts';
import { EVERYTHING_OFF, EVERYTHING_ON, NOW_SECONDS } from '../support/synthesizeApp.ts';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';

type Finding = { readonly ruleName: string };
type Report = {
  readonly pluginName: string;
  readonly violations: readonly Finding[];
  readonly suppressedViolations: readonly Finding[];
};

/** Of the page's stack. */
const CDN = ['CFR1', 'CFR2', 'CFR3', 'CFR4'].map((rule) => `AwsSolutions-${rule}`);

test.each([
  ['as it is', {}],
  ['with everything on', EVERYTHING_ON],
  ['with everything off', EVERYTHING_OFF],
])('cdk-nag and CDK itself find nothing but what we mean in the stack %s', async (how, context) => {
  vi.stubEnv('CDK_VALIDATION', 'true');
  const folder = temporaryFolder();

  await synthesize({
    output: folder,
    context,
    nowSeconds: NOW_SECONDS,
    inspect: (app) => Validations.of(app).addPlugins(new AwsSolutionsChecks(app)),
  });
  vi.unstubAllEnvs();

  const { pluginReports }: { pluginReports: readonly Report[] } = JSON.parse(
    readFileSync(join(folder, 'validation-report.json'), 'utf8'),
  );
  expect(pluginReports.map(({ pluginName }) => pluginName)).toContain('AwsSolutions');
  expect(pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName))).toEqual([]);
  const meant = pluginReports.flatMap(({ suppressedViolations }) =>
    suppressedViolations.map(({ ruleName }) => ruleName.replace(/[0-9A-F]{8}\.Arn/, '.Arn')),
  );
  // docs/security.md has the reason of each.
  expect(new Set(meant.map((rule) => rule.replace(/\[.*/, ''))).size).toBeLessThanOrEqual(8);
  expect([...new Set(meant)].toSorted()).toEqual([
    'AwsSolutions-ASC3',
    ...(how === 'with everything on' ? CDN : []),
    'AwsSolutions-IAM5[Resource::*]',
    'AwsSolutions-IAM5[Resource::<OrdersBucket.Arn>/decisions/*.json]',
    'AwsSolutions-IAM5[Resource::<OrdersBucket.Arn>/ended/*]',
    'AwsSolutions-IAM5[Resource::<OrdersBucket.Arn>/orders/*.json]',
    'AwsSolutions-IAM5[Resource::<OrdersBucket.Arn>/pending/*]',
    'AwsSolutions-IAM5[Resource::<OrdersBucket.Arn>/requests/*.json]',
    'AwsSolutions-IAM5[Resource::<OrdersBucket.Arn>/tokens/*.json]',
    'AwsSolutions-IAM5[Resource::<WaitingBucket.Arn>/*]',
    'AwsSolutions-S1',
    'AwsSolutions-SF1',
    ...(how === 'with everything off' ? ['AwsSolutions-SF2'] : []),
  ]);
});
