import { parseJsonObject } from '../../ground/json.ts';
import type { AdjustableClock } from '../../ground/clock/clock.ts';
import type { ArmableFaults } from '../../ground/faults/createFaults.ts';
import { FAULT_KINDS, type FaultKind } from '../../ground/faults/faults.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../../wire/httpMessage.ts';
import { jsonAnswer } from '../../wire/jsonAnswer.ts';
import type { Scheduler } from '../../ground/scheduler/scheduler.ts';
import { keepValue } from '../../ground/store/meta.ts';
import type { StepFunctions } from '../../services/stepFunctions/stepFunctions.ts';
import type { Store } from '../../ground/store/store.ts';

export type TestControlsOptions = {
  readonly store: Store;
  readonly clock: AdjustableClock;
  readonly scheduler: Scheduler;
  readonly faults: ArmableFaults;
  readonly stepFunctions: Pick<StepFunctions, 'whenIdle' | 'grantTime'>;
  /** Whether the request carries the API key or an administrator's signature. */
  readonly mayControl: (request: HttpRequest) => boolean;
};

/** Where the clock's offset is kept, in milliseconds: time that has passed stays passed after a restart. */
export const CLOCK_OFFSET = 'clock/offset';
/** JavaScript's dates end in the year 275760. */
const MAX_TIME_MILLISECONDS = 8.64e15;
/** Functions that run end before time passes; one that hangs does not hold it. */
const MAX_WAIT_MILLISECONDS = 2000;
const MAX_DELAY_MILLISECONDS = 60_000;
const MAX_TIMES = 1_000_000;

/** `/_local/clock`, `/_local/faults` and `/_local/counts`: what a test may do to the cloud, and what it may count there. */
export function createTestControls(options: TestControlsOptions): HttpHandler {
  const actions: Readonly<Record<string, (request: HttpRequest) => Promise<HttpResponse> | HttpResponse>> = {
    'POST /_local/clock': (request) => advance(options, parseBody(request)),
    'GET /_local/clock': () => jsonAnswer(200, { now: new Date(options.clock.now()).toISOString() }),
    'GET /_local/faults': () => jsonAnswer(200, describe(options.faults)),
    'POST /_local/faults': (request) => arm(options.faults, parseBody(request)),
    'DELETE /_local/faults': () => {
      options.faults.heal();
      return jsonAnswer(200, describe(options.faults));
    },
    'GET /_local/counts': () => jsonAnswer(200, count(options)),
  };
  return (request) => {
    if (!options.mayControl(request)) {
      return jsonAnswer(401, { message: 'Test controls need the API key in the header x-api-key.' });
    }
    const name = `${request.method} ${request.path}`;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    const message = `There is no ${name}: the test controls are ${Object.keys(actions).join(', ')}.`;
    return action === undefined ? jsonAnswer(404, { message }) : action(request);
  };
}

async function advance(
  options: TestControlsOptions,
  body: Readonly<Record<string, unknown>>,
): Promise<HttpResponse> {
  const { clock, store, scheduler, stepFunctions } = options;
  const given = formatValue(body['advance']);
  const milliseconds = parseDuration(body['advance']);
  if (milliseconds === null) {
    return refuse(
      `advance must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT72H; got ${given}.`,
    );
  }
  if (clock.now() + milliseconds > MAX_TIME_MILLISECONDS) {
    return refuse(`advance must end in the year 275760 or earlier; got ${given}.`);
  }
  const unknown = unknownMember(body, ['advance']);
  if (unknown !== null) return refuse(unknown);
  await withinTime(stepFunctions.whenIdle());
  stepFunctions.grantTime(milliseconds);
  clock.advance(milliseconds);
  await store.write(() => keepValue(store, CLOCK_OFFSET, String(clock.offset())));
  await scheduler.runDue();
  return jsonAnswer(200, { now: new Date(clock.now()).toISOString() });
}

async function withinTime(end: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, MAX_WAIT_MILLISECONDS);
  await Promise.race([end, late.promise]);
  clearTimeout(timer);
}

function arm(faults: ArmableFaults, body: Readonly<Record<string, unknown>>): HttpResponse {
  const { point, kind, times = 1, ms = 0 } = body;
  const unknown = unknownMember(body, ['point', 'kind', 'times', 'ms']);
  if (unknown !== null) return refuse(unknown);
  if (!isFaultKind(kind)) {
    return refuse(`kind must be one of ${FAULT_KINDS.join(', ')}; got ${formatValue(kind)}.`);
  }
  if (!isWhole(times, 1, MAX_TIMES)) {
    return refuse(`times must be a whole number from 1 to ${MAX_TIMES}; got ${formatValue(times)}.`);
  }
  if (!isWhole(ms, 0, MAX_DELAY_MILLISECONDS)) {
    return refuse(`ms must be a whole number from 0 to ${MAX_DELAY_MILLISECONDS}; got ${formatValue(ms)}.`);
  }
  const isArmed = faults.arm({ point: String(point), kind, milliseconds: ms }, times);
  if (isArmed) return jsonAnswer(200, describe(faults));
  return refuse(
    `point must be one of the ${faults.points().length} that GET /_local/faults lists; got ${formatValue(point)}.`,
  );
}

function refuse(message: string): HttpResponse {
  return jsonAnswer(400, { message });
}

/** A misspelt member would be left out, and the test that sends it would pass for nothing. */
function unknownMember(body: Readonly<Record<string, unknown>>, known: readonly string[]): string | null {
  const name = Object.keys(body).find((member) => !known.includes(member));
  return name === undefined
    ? null
    : `${formatValue(name)} is not a member of this request; use ${known.join(', ')}.`;
}

function describe(faults: ArmableFaults): unknown {
  return { points: faults.points(), kinds: FAULT_KINDS, armed: faults.armed() };
}

/** Since the process began: calls by service and operation (`s3.PutObject`), runs of functions, commits of the store. */
function count({ faults, store }: TestControlsOptions): unknown {
  const { 'lambda.Invoke': invocations = 0, ...passages } = faults.passages();
  const calls = Object.entries(passages).filter(([point]) => !point.endsWith('.done'));
  return { calls: Object.fromEntries(calls.toSorted()), invocations, commits: store.commits() };
}

function isFaultKind(value: unknown): value is FaultKind {
  return FAULT_KINDS.some((kind) => kind === value);
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function formatValue(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}

function parseBody(request: HttpRequest): Readonly<Record<string, unknown>> {
  return parseJsonObject(request.body.toString('utf8')) ?? {};
}

const ISO_DURATION =
  /^P(?=\d|T\d)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNIT_MILLISECONDS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000];

/** The milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds; null for anything else. */
export function parseDuration(text: unknown): number | null {
  const match = typeof text === 'string' ? ISO_DURATION.exec(text) : null;
  if (match === null) return null;
  return UNIT_MILLISECONDS.reduce((total, unit, index) => total + unit * Number(match[index + 1] ?? 0), 0);
}
