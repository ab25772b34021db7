import { setImmediate } from 'node:timers/promises';
import { SFN } from '@aws-sdk/client-sfn';
import { onTestFinished } from 'vitest';
import { createAdjustableClock } from '../../../../ground/clock/clock.ts';
import type { CloudEvent } from '../../../../services/events/events.ts';
import { createScheduler } from '../../../../ground/scheduler/createScheduler.ts';
import { createStepFunctions } from '../../../../services/stepFunctions/createStepFunctions.ts';
import type { StepFunctions } from '../../../../services/stepFunctions/stepFunctions.ts';
import { openStore } from '../../../../ground/store/openStore.ts';
import { serveHandler } from '../../../support/serveHandler.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { createStubLambda } from './stubLambda.ts';

export const ROLE = 'arn:aws:iam::111111111111:role/sfn-role';

export type CloudOptions = { readonly folder?: string; readonly offset?: number };

/** Step Functions alone: the real store, scheduler and clock, the SDK's client over HTTP; functions that are stubs. */
export function createCloud({ folder = temporaryFolder(), offset = 0 }: CloudOptions = {}) {
  const store = openStore({ folder });
  const clock = createAdjustableClock(offset);
  const scheduler = createScheduler({ store, clock });
  const lambda = createStubLambda(clock);
  const emitted: CloudEvent[] = [];
  const events = {
    define: () => {},
    emit: (event: CloudEvent) => void emitted.push(event),
    start: () => {},
    stop: () => {},
  };
  const stepFunctions = createStepFunctions({ store, clock, scheduler, lambda, events });

  /** A request that the SDK does not make: one that it refuses itself, or one without a wait for its answer. */
  async function callRaw(action: string, body: object = {}): Promise<Record<string, unknown>> {
    const response = await handle(stepFunctions, action, Buffer.from(JSON.stringify(body)));
    await store.settled();
    const answer: Record<string, unknown> = JSON.parse(String(response.body));
    return answer;
  }

  /** Lets what can go on do so, without a jump of the clock. */
  async function settle(): Promise<void> {
    const TURNS = 12;
    for (let turn = 0; turn < TURNS; turn += 1) {
      await store.settled();
      await setImmediate();
    }
  }

  async function advance(milliseconds: number): Promise<void> {
    clock.advance(milliseconds);
    lambda.wake();
    await settle();
    await scheduler.runDue();
    await settle();
  }

  const served = { stepFunctions, store };
  const sfn = connect(served);

  async function stop(): Promise<void> {
    sfn.destroy();
    scheduler.stop();
    await stepFunctions.stop();
    store.close();
  }

  return {
    folder,
    store,
    clock,
    scheduler,
    lambda,
    emitted,
    stepFunctions,
    sfn,
    callRaw,
    settle,
    advance,
    stop,
  };
}

export type Cloud = ReturnType<typeof createCloud>;

/** A cloud that is started, and stopped when the test has finished. */
export function startCloud(options: CloudOptions = {}): Cloud {
  const cloud = createCloud(options);
  cloud.scheduler.start();
  cloud.stepFunctions.start();
  onTestFinished(cloud.stop);
  return cloud;
}

export function handle(stepFunctions: StepFunctions, action: string, body: Buffer) {
  return stepFunctions.handle({
    method: 'POST',
    path: '/',
    query: '',
    headers: { 'x-amz-target': `AWSStepFunctions.${action}`, 'content-type': 'application/x-amz-json-1.0' },
    body,
    remoteAddress: '127.0.0.1',
    accessKeyId: 'test',
  });
}

type Served = Pick<Cloud, 'stepFunctions' | 'store'>;

/** A client of the SDK; the cloud listens from its first call on. */
export function connect(served: Served): SFN {
  let url: Promise<string> | null = null;
  return new SFN({
    endpoint: async () => {
      url ??= serve(served);
      const { protocol, hostname, port, pathname: path } = new URL(await url);
      return { protocol, hostname, port: Number(port), path };
    },
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
}

/** Answers HTTP as the cloud's server does: after everything is on disk. */
export async function serve({ stepFunctions, store }: Served): Promise<string> {
  const { endpoint, close } = await serveHandler(
    () => async (request) => {
      const answer = await stepFunctions.handle(request);
      await store.settled();
      return answer;
    },
    { accessKeyId: 'test' },
  );
  onTestFinished(close);
  return endpoint;
}

export function machineArn(name: string): string {
  return `arn:aws:states:us-east-1:111111111111:stateMachine:${name}`;
}
