import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { follow } from '../support/follow.ts';
import { processOrder } from '../support/graphql.ts';
import { startLocalCloud } from '../support/localCloud.ts';

test('an order that expires as expected leaves no error in the terminal or in a log', async () => {
  const cloud = await startLocalCloud();
  onTestFinished(cloud.remove);
  const live = await follow(cloud.outputs());
  await processOrder(cloud.outputs(), { orderId: 'left-alone' });
  await live.until('PAUSED');
  const printed = cloud.printed().length;

  for (const count of [2, 3]) {
    await cloud.advance('PT24H');
    await live.untilCount('PAUSED', count);
  }
  await cloud.advance('PT25H');
  await live.until('EXPIRED');
  await cloud.end('SIGTERM');

  const logs = join(cloud.data, 'logs');
  const lines = readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n'));
  expect(lines.join('')).not.toBe('');
  expect(lines.filter((line) => /ERROR|FATAL|WARN/.test(line))).toEqual([]);
  expect(cloud.printed().slice(printed)).not.toMatch(/ERROR|FATAL|WARN|Error/);
});
