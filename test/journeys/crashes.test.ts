import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelOrder, confirmOrder, order, processOrder } from '../support/graphql.ts';
import { assemblyOfTheApp } from '../support/assemblyOfTheApp.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { untilOrder } from '../support/untilOrder.ts';

const STEPS = [
  'storeTaskToken',
  'completeOrder',
  'rejectOrder',
  'cancelOrder',
  'expireOrder',
  'processOrder',
];

type Resource = {
  readonly Type: string;
  readonly Properties: {
    readonly Description?: string;
    readonly Code: { readonly S3Key: string };
  };
};

/** The app, whose steps are lost the first time that they run for an order: before they do anything, or after all. */
function assemblyThatLoses(assembly: string, marks: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-crashes-'));
  cpSync(assembly, folder, { recursive: true });
  const template: { Resources: Record<string, Resource> } = JSON.parse(
    readFileSync(join(folder, 'Countersign.template.json'), 'utf8'),
  );
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const step = /^functions\/steps\/(\w+)\.ts$/.exec(Properties.Description ?? '')?.[1];
    if (Type !== 'AWS::Lambda::Function' || step === undefined || !STEPS.includes(step)) continue;
    const asset = join(folder, `asset.${Properties.Code.S3Key.replace('.zip', '')}`);
    cpSync(join(asset, 'index.mjs'), join(asset, 'step.mjs'));
    writeFileSync(join(asset, 'index.mjs'), wrapper(step, marks));
  }
  writeFileSync(join(folder, 'Countersign.template.json'), JSON.stringify(template));
  return folder;
}

/** The id of an order says when its steps are lost; Step Functions gets Runtime.ExitError. */
const wrapper = (step: string, marks: string): string => `
import { existsSync, writeFileSync } from 'node:fs';
import { handler as run } from './step.mjs';
export async function handler(event, context) {
  const mark = ${JSON.stringify(marks)} + '/' + event.orderId + '-${step}';
  const [, when] = event.orderId.split('-');
  const isFirst = !existsSync(mark);
  if (isFirst) writeFileSync(mark, '');
  if (isFirst && when === 'before') process.exit(1);
  const output = await run(event, context);
  if (isFirst && when === 'after') process.exit(1);
  return output;
}
`;

describe('a function that is lost at every state', () => {
  let cloud: LocalCloud;
  let assembly = '';
  const marks = mkdtempSync(join(tmpdir(), 'countersign-marks-'));
  beforeAll(async () => {
    assembly = assemblyThatLoses(await assemblyOfTheApp(), marks);
    cloud = await startLocalCloud({ assembly });
  });
  afterAll(async () => {
    await cloud.remove();
    for (const folder of [assembly, marks]) rmSync(folder, { recursive: true, force: true });
  });

  test.each(
    ['crash-before', 'crash-after'].flatMap((how) => [
      [
        how,
        'COMPLETED',
        (orderId: string) => confirmOrder(cloud.outputs(), { orderId, isConfirmed: true }),
      ] as const,
      [
        how,
        'REJECTED',
        (orderId: string) => confirmOrder(cloud.outputs(), { orderId, isConfirmed: false }),
      ] as const,
      [how, 'CANCELLED', (orderId: string) => cancelOrder(cloud.outputs(), { orderId })] as const,
      [how, 'EXPIRED', () => cloud.advance('PT72H')] as const,
    ]),
  )('%s decides no order: it ends as %s', async (how, status, decide) => {
    const orderId = `${how}-${randomUUID()}`;
    await processOrder(cloud.outputs(), { orderId });
    await untilOrder(cloud.outputs(), orderId, (found) => found.status === 'PAUSED');

    await decide(orderId);

    const ended = await untilOrder(
      cloud.outputs(),
      orderId,
      (found) => found.version >= 4 && found.status === status,
    );
    expect(ended.history.map(({ version }) => version)).toEqual(
      ended.history.map((_event, index) => index + 1),
    );
    const lost = globSync(`${orderId}-*`, { cwd: marks });
    expect(lost).toHaveLength(3);
    expect(existsSync(join(marks, `${orderId}-storeTaskToken`))).toBe(true);
    expect(await order(cloud.outputs(), orderId)).toMatchObject({ status });
  });
});
