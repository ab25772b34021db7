import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelOrder, confirmOrder, order, processOrder } from '../support/graphql.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { untilOrder } from '../support/follow.ts';

const STEPS = [
  'storeTaskToken',
  'completeOrder',
  'rejectOrder',
  'cancelOrder',
  'expireOrder',
  'processOrder',
];

const SECONDS = 3; // enough for a cold start on a busy machine, and little to wait for

type Resource = {
  readonly Type: string;
  readonly Properties: {
    readonly Description?: string;
    Timeout?: number;
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
    Properties.Timeout = SECONDS;
    const asset = join(folder, `asset.${Properties.Code.S3Key.replace('.zip', '')}`);
    cpSync(join(asset, 'index.mjs'), join(asset, 'step.mjs'));
    writeFileSync(join(asset, 'index.mjs'), wrapper(step, marks));
  }
  writeFileSync(join(folder, 'Countersign.template.json'), JSON.stringify(template));
  return folder;
}

/** The id of an order says how and when its steps are lost; Step Functions gets Runtime.ExitError or Sandbox.Timedout. */
const wrapper = (step: string, marks: string): string => `
import { existsSync, writeFileSync } from 'node:fs';
import { handler as run } from './step.mjs';
const lose = (how) => (how === 'crash' ? process.exit(1) : new Promise((done) => setTimeout(done, 60_000)));
export async function handler(event, context) {
  const mark = ${JSON.stringify(marks)} + '/' + event.orderId + '-${step}';
  const [how, when] = event.orderId.split('-');
  const isFirst = !existsSync(mark);
  if (isFirst) writeFileSync(mark, '');
  if (isFirst && when === 'before') await lose(how);
  const output = await run(event, context);
  if (isFirst && when === 'after') await lose(how);
  return output;
}
`;

const DECIDE = {
  COMPLETED: (cloud: LocalCloud, orderId: string) =>
    confirmOrder(cloud.outputs(), { orderId, isConfirmed: true }),
  REJECTED: (cloud: LocalCloud, orderId: string) =>
    confirmOrder(cloud.outputs(), { orderId, isConfirmed: false }),
  CANCELLED: (cloud: LocalCloud, orderId: string) => cancelOrder(cloud.outputs(), { orderId }),
  EXPIRED: (cloud: LocalCloud) => cloud.advance('PT72H'),
};

describe('a function that is lost at every state', () => {
  let cloud: LocalCloud;
  let assembly = '';
  const marks = mkdtempSync(join(tmpdir(), 'countersign-marks-'));
  beforeAll(async () => {
    const { folder } = await synthesizeApp();
    assembly = assemblyThatLoses(folder, marks);
    cloud = await startLocalCloud({ assembly });
  });
  afterAll(async () => {
    await cloud.remove();
    for (const folder of [assembly, marks]) rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    // A timeout takes its seconds at each of three states: once for a confirmed order, which has the most to lose.
    ['timeout-before', 'COMPLETED'],
    ...['crash-before', 'crash-after'].flatMap((how) =>
      (['COMPLETED', 'REJECTED', 'CANCELLED', 'EXPIRED'] as const).map((status) => [how, status] as const),
    ),
  ] as const)('%s decides no order: it ends as %s', async (how, status) => {
    const orderId = `${how}-${randomUUID()}`;
    await processOrder(cloud.outputs(), { orderId });
    await untilOrder(cloud.outputs(), orderId, (found) => found.status === 'PAUSED');

    await DECIDE[status](cloud, orderId);

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
