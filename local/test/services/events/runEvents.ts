import { onTestFinished } from 'vitest';
import { createAdjustableClock } from '../../../ground/clock/clock.ts';
import { createEvents } from '../../../services/events/createEvents.ts';
import type { EventTarget, RuleDefinition } from '../../../services/events/events.ts';
import type { Lambda } from '../../../services/lambda/lambda.ts';
import { createScheduler } from '../../../ground/scheduler/createScheduler.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111111111111:function:recover';
export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:111111111111:events';
export const DEAD_ARN = 'arn:aws:sqs:us-east-1:111111111111:dead';
export const SECOND = 1000;

type Sent = { readonly arn: string; readonly body: unknown; readonly attributes: unknown };

function unused(): never {
  throw new Error('The bus has no business here.');
}

/** The bus with a real store and scheduler; its targets remember what they got, and fail when told to. */
export function runEvents(folder = temporaryFolder()) {
  const store = openStore({ folder });
  const clock = createAdjustableClock();
  const scheduler = createScheduler({ store, clock });
  const sent: Sent[] = [];
  const texts: string[] = [];
  const lines: string[] = [];
  let failure: Error | null = null;
  const take = (arn: string, text: string, attributes: unknown = null) => {
    if (failure !== null && arn !== DEAD_ARN) throw failure;
    const body: unknown = JSON.parse(text);
    store.transact(() =>
      store.afterCommit(() => {
        sent.push({ arn, body, attributes });
        texts.push(text);
      }),
    );
  };
  const lambda: Lambda = {
    define: unused,
    configureAsync: unused,
    exists: () => true,
    invoke: unused,
    invokeLater: take,
    start: unused,
    stop: unused,
    handle: unused,
  };
  const events = createEvents({
    store,
    clock,
    scheduler,
    lambda,
    sqs: { send: take },
    onLog: (line) => void lines.push(line),
  });

  let isOpen = true;
  const close = () => {
    scheduler.stop();
    if (isOpen) store.close();
    isOpen = false;
  };
  onTestFinished(close);
  const pass = async (milliseconds: number) => {
    await store.settled();
    clock.advance(milliseconds);
    await scheduler.runDue();
  };
  const failWith = (error: Error | null) => {
    failure = error;
  };
  return { folder, store, clock, events, scheduler, sent, texts, lines, pass, close, failWith };
}

export function ruleTo(target: Partial<EventTarget>, more: Partial<RuleDefinition> = {}): RuleDefinition {
  return {
    name: 'decided',
    arn: 'arn:aws:events:us-east-1:111111111111:rule/decided',
    pattern: { source: ['aws.s3'] },
    schedule: null,
    enabled: true,
    targets: [
      {
        id: 'target',
        arn: FUNCTION_ARN,
        input: { kind: 'event' },
        deadLetterQueueArn: DEAD_ARN,
        maximumRetryAttempts: 2,
        maximumEventAgeSeconds: 3600,
        ...target,
      },
    ],
    ...more,
  };
}

export const CREATED = {
  source: 'aws.s3',
  detailType: 'Object Created',
  resources: ['arn:aws:s3:::orders'],
  detail: { object: { key: 'a' } },
};
