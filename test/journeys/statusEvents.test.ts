import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { synthesize } from '../../infra/synthesize.ts';
import { confirmOrder, type StatusEvent } from '../support/graphql.ts';
import { pausedOrder } from '../support/follow.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';

type BusEvent = { readonly source: string; readonly 'detail-type': string; readonly detail: StatusEvent };

const STATUSES = ['PAUSED', 'COMPLETED', 'REJECTED', 'EXPIRED', 'CANCELLED', 'FAILED'];

/** What a user adds, as docs/notifications.md shows it: a queue, and a rule that brings it what a person wants to know. */
const QUEUE = {
  Heard: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'heard' } },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['countersign'], 'detail-type': STATUSES },
      Targets: [{ Id: 'Heard', Arn: { 'Fn::GetAtt': ['Heard', 'Arn'] } }],
    },
  },
};

describe('with statusEvents', () => {
  let assembly: string;
  let cloud: LocalCloud;
  beforeAll(async () => {
    assembly = mkdtempSync(join(tmpdir(), 'countersign-assembly-'));
    await synthesize({
      output: assembly,
      context: { statusEvents: 'on', deadlineHours: 2, reminderHours: 1 },
    });
    const file = join(assembly, 'Countersign.template.json');
    const template: { Resources: object } = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...template, Resources: { ...template.Resources, ...QUEUE } }));
    cloud = await startLocalCloud({ assembly });
  });
  afterAll(async () => {
    await cloud.remove();
    rmSync(assembly, { recursive: true, force: true });
  });

  /** Takes messages off the queue until there are so many. */
  async function take(count: number): Promise<readonly BusEvent[]> {
    const sqs = new SQSClient(cloud.client());
    onTestFinished(() => sqs.destroy());
    const QueueUrl = `${cloud.endpoint()}/111111111111/heard`;
    const events: BusEvent[] = [];
    while (events.length < count) {
      const answer = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
      );
      for (const { Body = '', ReceiptHandle } of answer.Messages ?? []) {
        events.push(JSON.parse(Body));
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
    const more = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
    expect(more.Messages ?? []).toEqual([]);
    return events.toSorted((a, b) => a.detail.version - b.detail.version);
  }

  test('a queue on the bus gets the pause, each reminder and the end of an order, once each', async () => {
    const { live } = await pausedOrder(cloud.outputs());
    await cloud.advance('PT1H1S');
    await live.untilCount('PAUSED', 2);
    await cloud.advance('PT1H2S');
    await live.until('EXPIRED');

    const heard = await take(3);

    expect(heard.map((event) => [event.source, event['detail-type'], event.detail.reminder])).toEqual([
      ['countersign', 'PAUSED', 0],
      ['countersign', 'PAUSED', 1],
      ['countersign', 'EXPIRED', null],
    ]);
    expect(heard.map(({ detail }) => detail)).toEqual(
      live.events.filter(({ status }) => STATUSES.includes(status)),
    );
  });

  test('the end of a confirmed order carries who decided it', async () => {
    const { orderId, live } = await pausedOrder(cloud.outputs(), { orderDetails: 'Twelve office chairs' });
    await confirmOrder(cloud.outputs(), { orderId, isConfirmed: true, decidedBy: 'Ada' });
    await live.until('COMPLETED');

    const heard = await take(2);

    expect(heard.map((event) => event['detail-type'])).toEqual(['PAUSED', 'COMPLETED']);
    expect(JSON.stringify(heard)).not.toContain('Twelve office chairs');
  });
});
