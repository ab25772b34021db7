import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMeasuredCloud } from './cloud.ts';
import { costOf, countTransitions, monthlyCostOf, type CostLine } from './cost/costOf.ts';
import { countOrder, type OrderUsage } from './cost/countOrder.ts';
import { parseTemplate, type Deployment } from './parseTemplate.ts';
import type { Result } from './result.ts';
import { TEMPLATE, withAssembly } from './withAssembly.ts';

const GOAL_DOLLARS = 155;
const GOAL_TRANSITIONS = 3;

/** What a million confirmed orders cost on AWS with live status, at list prices: the template as it is deployed, the calls as a run made them. */
export async function measureCost(): Promise<readonly Result[]> {
  const deployment = await readDeployment();
  return [
    {
      what: 'AWS cost of a million confirmed orders',
      value: sum(costOf(deployment, await countOneOrder())),
      unit: '$',
      goal: { atMost: GOAL_DOLLARS },
    },
    {
      what: 'transitions of a confirmed order',
      value: countTransitions(deployment),
      unit: '',
      goal: { atMost: GOAL_TRANSITIONS },
    },
  ];
}

function formatCost(title: readonly [string, string], lines: readonly CostLine[]): string {
  const rows = lines.map(({ what, count, dollars }) => [what, String(count), dollars.toFixed(2)]);
  const table = [
    [title[0], 'count', title[1]],
    ['---', '---:', '---:'],
    ...rows,
    ['all', '', sum(lines).toFixed(2)],
  ];
  return table.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const sum = (lines: readonly CostLine[]): number => lines.reduce((total, { dollars }) => total + dollars, 0);

const readDeployment = (): Promise<Deployment> =>
  withAssembly((assembly) => parseTemplate(readFileSync(join(assembly, TEMPLATE), 'utf8')));

async function countOneOrder(): Promise<OrderUsage> {
  const cloud = await startMeasuredCloud({ testControls: true });
  try {
    return await countOrder(cloud);
  } finally {
    await cloud.remove();
  }
}

if (import.meta.main) {
  const deployment = await readDeployment();
  const lines = costOf(deployment, await countOneOrder());
  console.log(formatCost(['of one confirmed order', '$ a million orders'], lines));
  console.log(`\n${formatCost(['whatever the number of orders', '$ a month'], monthlyCostOf(deployment))}`);
}
