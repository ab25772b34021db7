import type { TestCloud } from '@countersign/local-cloud/testing';
import { outputsOf } from './cloud.ts';
import { runOrders, type OrderFigures } from './orders.ts';
import { useOf } from './processUse.ts';
import { quantile } from './quantile.ts';
import type { Result } from './result.ts';

const CLIENTS = 32;
/** In its first seconds a cloud compiles the SDK in each function's thread: that is measured apart. */
const COLD_SECONDS = 10;
const WARM_UP_SECONDS = 50;
const ALONE_SECONDS = 20;
const LOADED_SECONDS = 20;

/** Orders of a cloud that has just started and that has served nothing yet: cold, then warm, alone and loaded. */
export async function measureOrders(cloud: TestCloud): Promise<readonly Result[]> {
  const load = { outputs: outputsOf(cloud), pid: cloud.pid() };
  const atRest = useOf(load.pid)?.megabytes ?? null;
  const cold = await runOrders({ ...load, clients: CLIENTS, seconds: COLD_SECONDS });
  await runOrders({ ...load, clients: CLIENTS, seconds: WARM_UP_SECONDS });
  const alone = await runOrders({ ...load, clients: 1, seconds: ALONE_SECONDS });
  const loaded = await runOrders({ ...load, clients: CLIENTS, seconds: LOADED_SECONDS });
  return [
    ...figure('memory at rest', atRest, 'MB', null),
    ...rates('cold, 32 clients', cold, null),
    ...times('processOrder to PAUSED', alone.paused),
    ...times('confirmOrder to COMPLETED', alone.completed),
    ...figure('alone, processor time an order', alone.processorMilliseconds, 'ms', 14),
    ...rates('warm, 32 clients', loaded, 110),
    ...figure('warm, 32 clients, confirm acknowledged, p99', quantile(loaded.acknowledged, 0.99), 'ms', 100),
    ...figure('warm, 32 clients, processor time an order', loaded.processorMilliseconds, 'ms', 14),
    ...figure('warm, 32 clients, memory', loaded.megabytes, 'MB', 700),
  ];
}

const MAX_MEDIAN_MS = 10;
const MAX_P99_MS = 40;

const times = (what: string, milliseconds: readonly number[]): readonly Result[] => [
  ...figure(`${what}, p50`, quantile(milliseconds, 0.5), 'ms', MAX_MEDIAN_MS),
  ...figure(`${what}, p99`, quantile(milliseconds, 0.99), 'ms', MAX_P99_MS),
];

function rates(
  what: string,
  { perSecond, processorMilliseconds }: OrderFigures,
  atLeast: number | null,
): readonly Result[] {
  const goal = atLeast === null ? null : { atLeast };
  const rate: Result = { what: `${what}, whole orders`, value: perSecond, unit: '/s', goal };
  return atLeast === null
    ? [rate, ...figure(`${what}, processor time an order`, processorMilliseconds, 'ms', null)]
    : [rate];
}

/** A figure with the most that it may be; nothing where it could not be read. */
function figure(what: string, value: number | null, unit: string, atMost: number | null): readonly Result[] {
  return value === null ? [] : [{ what, value, unit, goal: atMost === null ? null : { atMost } }];
}
