import { join } from 'node:path';
import { createAdjustableClock } from '../ground/clock/clock.ts';
import { createFaults } from '../ground/faults/createFaults.ts';
import { createScheduler } from '../ground/scheduler/createScheduler.ts';
import type { Scheduler } from '../ground/scheduler/scheduler.ts';
import { keptValue } from '../ground/store/meta.ts';
import type { Store } from '../ground/store/store.ts';
import type { AppSync } from '../services/appsync/appsync.ts';
import type { CloudWatch } from '../services/cloudWatch/cloudWatch.ts';
import { createCloudWatch } from '../services/cloudWatch/createCloudWatch.ts';
import { createEvents, type LocalEvents } from '../services/events/createEvents.ts';
import { createLambda, type LambdaOptions, type LocalLambda } from '../services/lambda/createLambda.ts';
import { createEventSources } from '../services/lambda/eventSources/createEventSources.ts';
import type { EventSources } from '../services/lambda/eventSources/eventSources.ts';
import { createS3 } from '../services/s3/createS3.ts';
import type { S3 } from '../services/s3/s3.ts';
import { createSqs } from '../services/sqs/createSqs.ts';
import type { Sqs } from '../services/sqs/sqs.ts';
import { createStepFunctions } from '../services/stepFunctions/createStepFunctions.ts';
import type { StepFunctions } from '../services/stepFunctions/stepFunctions.ts';
import { createSts } from '../services/sts/createSts.ts';
import type { Sts } from '../services/sts/sts.ts';
import type { AnswerOptions } from '../wire/answerRequest.ts';
import type { Credentials } from '../wire/credentials.ts';
import type { Routes } from '../wire/route.ts';
import { faultPointsOf } from '../wire/tenant.ts';
import { createCallers } from './createCallers.ts';
import { createLoggedAppSync } from './createLoggedAppSync.ts';
import { createRequestLogs, type RequestLogs } from './createRequestLogs.ts';
import { createRoutes } from './createRoutes.ts';
import { createIssuer } from './people/createIssuer.ts';
import type { Person } from './people/person.ts';
import { CLOCK_OFFSET } from './testControls/createTestControls.ts';
import { tenantsOf } from './tenantsOf.ts';
import { withInvokeFaults } from './testControls/withInvokeFaults.ts';

export type ServicesOptions = {
  readonly data: string;
  readonly store: Store;
  readonly port: number;
  readonly testControls: boolean;
  /** The people of the development issuer; an empty list leaves it out. */
  readonly people: readonly Person[];
  /** How requests are answered that functions send through ports; null: they send them by the network. */
  readonly answering: AnswerOptions | null;
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
  readonly sts: Sts;
  readonly administrator: Credentials;
  readonly routes: (files: Pick<Routes, 'asset' | 'hasPage'>) => Routes;
  /** Takes up what was under way when the process ended; call it once everything is provisioned. */
  readonly start: () => void;
  /** Leaves the processors to the work on a later deployment; ended by `takeUp`. */
  readonly standBack: () => void;
  /** Lets what a later deployment brought begin its work. */
  readonly takeUp: () => void;
  readonly stop: () => Promise<void>;
};

/** Every service of the cloud, wired to one store, one clock and one scheduler. */
export function createServices(options: ServicesOptions): Services {
  const { store, data, port } = options;
  const clock = createAdjustableClock(Number(keptValue(store, CLOCK_OFFSET, () => '0')));
  const base = { store, clock, scheduler: createScheduler({ store, clock }) };
  const sts = createSts(base);
  const callers = createCallers({ ...base, sts });
  const faults = options.testControls ? createFaults() : null;
  const cloudWatch = createCloudWatch();
  const requestLogs = createRequestLogs();

  const sqs = createSqs(base);
  const lambda = createLambda({
    ...base,
    sqs,
    logFolder: join(data, 'logs'),
    onLog: functionLog(options, cloudWatch, requestLogs),
    workerEnvironment: callers.functionEnvironment(port),
    cloud: options.answering && { ...options.answering, portNumber: port },
    secrets: [callers.administrator.secretAccessKey],
  });
  const invoked = faults === null ? lambda : withInvokeFaults(lambda, faults);
  const timeoutOf = lambda.timeoutSeconds;
  const eventSources = createEventSources({ ...base, lambda: invoked, timeoutOf, sqs });
  const bus = createEvents({ ...base, lambda: invoked, sqs, onLog: (line) => options.onLog('events', line) });
  const events = withMetrics(bus, cloudWatch);
  const s3 = createS3({ ...base, events, sqs, sts });
  const stepFunctions = createStepFunctions({ ...base, lambda: invoked, events });
  const issuer = options.people.length === 0 ? null : createIssuer({ ...options, clock });
  const appsync = createLoggedAppSync({
    ...options,
    clock,
    lambda: invoked,
    callers,
    requestLogs,
    standInIssuer: issuer,
  });

  const tenants = tenantsOf({ appsync, lambda: invoked, stepFunctions, sqs, events, sts, s3 });
  for (const point of faultPointsOf(tenants)) faults?.declare(point);
  const routes = {
    ...base,
    tenants,
    callers,
    faults,
    cloudWatch,
    requestLogs,
    stepFunctions,
    issuer: issuer?.handle ?? null,
    apiKeys: options.apiKeys,
  };
  const services = { s3, sqs, events, lambda, eventSources, stepFunctions, appsync };
  return {
    ...services,
    sts,
    administrator: callers.administrator,
    routes: (files) => createRoutes(routes, files),
    ...lifecycleOf(services, base.scheduler),
  };
}

/** What functions write is for the terminal and for the person who asks about a request; metrics are for CloudWatch. */
function functionLog(
  { onLog }: Pick<ServicesOptions, 'onLog'>,
  cloudWatch: CloudWatch,
  requestLogs: RequestLogs,
): LambdaOptions['onLog'] {
  return (source, line, requestId) => {
    if (cloudWatch.takeLogLine(line)) return;
    onLog(source, line);
    requestLogs.add(requestId, { source, line });
  };
}

/** The bus, whose events CloudWatch counts. */
function withMetrics(bus: LocalEvents, cloudWatch: CloudWatch): LocalEvents {
  return {
    ...bus,
    emit: (event) => {
      cloudWatch.takeEvent(event);
      bus.emit(event);
    },
  };
}

type Lifecycle = Pick<Services, 'start' | 'standBack' | 'takeUp' | 'stop'>;

type WithLifecycle = Omit<Services, 'sqs' | 'sts' | 'administrator' | 'routes' | keyof Lifecycle>;

function lifecycleOf(services: WithLifecycle, scheduler: Scheduler): Lifecycle {
  const { s3, events, lambda, eventSources, stepFunctions, appsync } = services;
  return {
    start: () => {
      scheduler.start();
      s3.start();
      stepFunctions.start();
      lambda.start();
      eventSources.start();
      events.start();
    },
    standBack: lambda.pausePrewarm,
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
      await stepFunctions.stop();
      await lambda.stop();
    },
  };
}
