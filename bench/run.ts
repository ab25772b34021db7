import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureColdStart } from './coldStart.ts';
import { measureCost } from './cost.ts';
import { measureFanOut } from './fanOut.ts';
import { outputsOf, startMeasuredCloud } from './cloud.ts';
import { measureOrders } from './measureOrders.ts';
import { measureRequests } from './rawRequests.ts';
import { openConnections } from './openConnections.ts';
import { formatTable, type Result } from './result.ts';

// `npm run bench`: the goals in docs/benchmarks.md, through public addresses, on a local cloud of its own.

const RESULTS = join(import.meta.dirname, 'results');

async function measure(): Promise<readonly Result[]> {
  const results: Result[] = [];
  const add = (...more: readonly Result[]) => {
    for (const { what, value, unit } of more) console.log(`${what}: ${value.toFixed(1)} ${unit}`);
    results.push(...more);
  };
  add(...(await measureColdStart()), ...(await measureCost()));
  const first = performance.now();
  const cloud = await startMeasuredCloud();
  try {
    add({ what: 'npm start alone: ready', value: secondsSince(first), unit: 's', goal: { atMost: 2.5 } });
    await cloud.end('SIGKILL');
    const again = performance.now();
    await cloud.start();
    add({ what: 'ready again', value: secondsSince(again), unit: 's', goal: { atMost: 1 } });
    const outputs = outputsOf(cloud);
    add(...(await measureOrders(cloud)));
    const headers = { 'content-type': 'application/json', 'x-api-key': outputs.ApiKey };
    const load = { port: Number(new URL(cloud.endpoint()).port), connections: 32, milliseconds: 4000 };
    const rate = await measureRequests(load, '/graphql', { headers, body: '{"query":"{ __typename }"}' });
    add({ what: 'GraphQL requests without a Lambda', value: rate, unit: '/s', goal: { atLeast: 15_000 } });
    const [few, many] = [openConnections([1000, 100]), openConnections([10_000, 1000, 100])];
    add(
      ...(await measureFanOut(cloud, { subscribers: 1000, connections: few, goal: 50, processorGoal: 29 })),
    );
    add(
      ...(await measureFanOut(cloud, {
        subscribers: 10_000,
        connections: many,
        goal: 150,
        processorGoal: null,
      })),
    );
  } finally {
    await cloud.remove();
  }
  return results;
}

const secondsSince = (time: number) => (performance.now() - time) / 1000;

const results = await measure();
const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
console.log(`\n${machine}\n\n${formatTable(results)}\n`);
mkdirSync(RESULTS, { recursive: true });
writeFileSync(
  join(RESULTS, 'bench.json'),
  JSON.stringify({ machine, at: new Date().toISOString(), results }, null, 2),
);
