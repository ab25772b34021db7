import { appsyncTenant } from '../services/appsync/wire/appsyncTenant.ts';
import { eventsTenant } from '../services/events/wire/eventsTenant.ts';
import { lambdaTenant } from '../services/lambda/wire/lambdaTenant.ts';
import { s3Tenant } from '../services/s3/wire/s3Tenant.ts';
import { sqsTenant } from '../services/sqs/wire/sqsTenant.ts';
import { stepFunctionsTenant } from '../services/stepFunctions/wire/stepFunctionsTenant.ts';
import { faultPointsOf } from '../wire/tenant.ts';
import { join } from 'node:path';
import { REGION } from '../ground/account.ts';
import { createCloudWatch } from '../services/cloudWatch/createCloudWatch.ts';
import { createAppSync } from '../services/appsync/createAppSync.ts';
import type { AppSync } from '../services/appsync/appsync.ts';
import { checkCode } from '../services/appsync/javascript/checkCode.ts';
import { createEvaluator } from '../services/appsync/javascript/createEvaluator.ts';
import { createAdjustableClock } from '../ground/clock/clock.ts';
import { createEvents, type LocalEvents } from '../services/events/createEvents.ts';
import type { CloudEvent } from '../services/events/events.ts';
import { createFaults } from '../ground/faults/createFaults.ts';
import { noFaults } from '../ground/faults/faults.ts';
import { withInvokeFaults } from './testControls/withInvokeFaults.ts';
import { createSignatureVerifier } from '../wire/signature/createSignatureVerifier.ts';
import { loadCredentials, type Credentials } from '../wire/credentials.ts';
import type { HttpResponse } from '../wire/httpMessage.ts';
import type { Routes } from '../wire/route.ts';
import { createLambda, type LocalLambda } from '../services/lambda/createLambda.ts';
import { createEventSources } from '../services/lambda/eventSources/createEventSources.ts';
import type { EventSources } from '../services/lambda/eventSources/eventSources.ts';
import { createS3 } from '../services/s3/createS3.ts';
import type { S3 } from '../services/s3/s3.ts';
import { createScheduler } from '../ground/scheduler/createScheduler.ts';
import { createSqs } from '../services/sqs/createSqs.ts';
import type { Sqs } from '../services/sqs/sqs.ts';
import { createStepFunctions } from '../services/stepFunctions/createStepFunctions.ts';
import type { StepFunctions } from '../services/stepFunctions/stepFunctions.ts';
import { createLogFile } from '../ground/logFile.ts';
import { createRedact } from '../ground/redact.ts';
import { keptValue } from '../ground/store/meta.ts';
import type { Store } from '../ground/store/store.ts';
import { createIssuer } from './people/createIssuer.ts';
import type { Person } from './people/person.ts';
import { mayControl } from './mayControl.ts';
import { CLOCK_OFFSET, createTestControls } from './testControls/createTestControls.ts';

export type ServicesOptions = {
  readonly data: string;
  readonly store: Store;
  readonly port: number;
  readonly testControls: boolean;
  /** The people of the development issuer; an empty list leaves it out. */
  readonly people: readonly Person[];
  /** They open the test controls. */
  readonly apiKeys: () => readonly string[];
  /** `source` is the name of a function, or of the service that speaks. */
  readonly onLog: (source: string, line: string) => void;
};

export type Services = {
  readonly s3: S3;
  readonly sqs: Sqs;
  readonly events: LocalEvents;
  readonly lambda: LocalLambda;
  readonly eventSources: EventSources;
  readonly stepFunctions: StepFunctions;
  readonly appsync: AppSync;
  readonly administrator: Credentials;
  readonly routes: (files: Pick<Routes, 'asset' | 'hasPage'>) => Routes;
  /** Takes up what was under way when the process ended; call it once everything is provisioned. */
  readonly start: () => void;
  /** Lets what a later deployment brought begin its work. */
  readonly takeUp: () => void;
  readonly stop: () => Promise<void>;
};

/** Every service of the cloud, wired to one store, one clock and one scheduler. */
export function createServices(options: ServicesOptions): Services {
  const { store, data, port } = options;
  const clock = createAdjustableClock(Number(keptValue(store, CLOCK_OFFSET, () => '0')));
  const scheduler = createScheduler({ store, clock });
  const faults = options.testControls ? createFaults() : null;
  const administrator = loadCredentials(store, 'administrator');
  const functionCredentials = loadCredentials(store, 'functions');
  const verifySignature = createSignatureVerifier({
    clock,
    wallClock: { now: Date.now },
    secrets: secretsOf([administrator, functionCredentials]),
  });

  const cloudWatch = createCloudWatch();
  const sqs = createSqs({ store, clock, scheduler });
  const lambda = createLambda({
    store,
    clock,
    scheduler,
    sqs,
    logFolder: join(data, 'logs'),
    onLog: (name, line) => {
      if (!cloudWatch.takeLogLine(line)) options.onLog(name, line);
    },
    workerEnvironment: workerEnvironment(functionCredentials, port),
    secrets: [administrator.secretAccessKey],
  });
  const invoked = faults === null ? lambda : withInvokeFaults(lambda, faults);
  const eventSources = createEventSources({
    store,
    clock,
    scheduler,
    lambda: invoked,
    timeoutOf: lambda.timeoutSeconds,
    sqs,
  });
  const bus = createEvents({
    store,
    clock,
    scheduler,
    lambda: invoked,
    sqs,
    onLog: (line) => options.onLog('events', line),
  });
  const events = {
    ...bus,
    emit: (event: CloudEvent) => {
      cloudWatch.takeEvent(event);
      bus.emit(event);
    },
  };
  const s3 = createS3({ store, clock, scheduler, events, sqs });
  const stepFunctions = createStepFunctions({ store, clock, scheduler, lambda: invoked, events });
  const issuer = options.people.length === 0 ? null : createIssuer({ ...options, clock });
  const appsyncLog = createLogFile(join(data, 'logs'), 'AppSync');
  const redact = createRedact([administrator.secretAccessKey, functionCredentials.secretAccessKey]);
  const appsync = createAppSync({
    standInIssuer: issuer,
    clock,
    lambda: invoked,
    verifySignature,
    evaluator: createEvaluator({ clock }),
    checkCode,
    onLog: (source, { level, text }) => {
      const line = redact(`${level} ${text}`);
      options.onLog(source, line);
      appsyncLog.write(`${new Date(clock.now()).toISOString()} ${source} | ${line}\n`);
    },
  });

  const tenants = [
    appsyncTenant(appsync.handle),
    lambdaTenant(invoked.handle),
    stepFunctionsTenant(stepFunctions.handle),
    sqsTenant(sqs.handle),
    eventsTenant(events.handle),
    s3Tenant(s3.handle), // it takes what is left
  ];
  for (const point of faultPointsOf(tenants)) faults?.declare(point);

  return {
    s3,
    sqs,
    events,
    lambda,
    eventSources,
    stepFunctions,
    appsync,
    administrator,
    routes: (files) => ({
      ...files,
      tenants,
      verifySignature,
      faults: faults ?? noFaults,
      settled: store.settled,
      issuer: issuer?.handle ?? null,
      metrics: (request) =>
        mayControl(request, options.apiKeys(), verifySignature)
          ? cloudWatch.handle(request)
          : json(401, { message: 'Metrics need the API key in the header x-api-key.' }),
      testControls:
        faults === null
          ? null
          : createTestControls({
              store,
              clock,
              scheduler,
              faults,
              stepFunctions,
              mayControl: (request) => mayControl(request, options.apiKeys(), verifySignature),
            }),
    }),
    start: () => {
      scheduler.start();
      s3.start();
      stepFunctions.start();
      lambda.start();
      eventSources.start();
      events.start();
    },
    takeUp: () => {
      eventSources.start();
      events.start();
      void lambda.prewarm();
    },
    stop: async () => {
      scheduler.stop();
      events.stop();
      eventSources.stop();
      await appsync.stop();
      appsyncLog.close();
      await stepFunctions.stop();
      await lambda.stop();
    },
  };
}

function secretsOf(owners: readonly Credentials[]): Map<string, { readonly secret: string }> {
  return new Map(
    owners.map(({ accessKeyId, secretAccessKey }) => [accessKeyId, { secret: secretAccessKey }]),
  );
}

/** 127.0.0.1 and not localhost: with an address the SDKs use S3's path style by themselves. */
function workerEnvironment(
  { accessKeyId, secretAccessKey }: Credentials,
  port: number,
): Record<string, string> {
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ENDPOINT_URL_SFN: endpoint,
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_ENDPOINT_URL_LAMBDA: endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint,
  };
}

const json = (status: number, value: object): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
