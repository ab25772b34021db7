import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { costOf, countTransitions, type CostLine } from './cost/costOf.ts';
import { parseTemplate, type Deployment } from './parseTemplate.ts';
import type { Result } from './result.ts';
import { TEMPLATE, withAssembly } from './withAssembly.ts';

const GOAL_DOLLARS = 155;
const GOAL_TRANSITIONS = 3;

/** What a million confirmed orders cost on AWS with live status, at list prices, from the template as it is deployed. */
export async function measureCost(): Promise<readonly Result[]> {
  const deployment = await readDeployment();
  return [
    {
      what: 'AWS cost of a million confirmed orders',
      value: sum(costOf(deployment)),
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

export function formatCost(lines: readonly CostLine[]): string {
  const rows = lines.map(({ what, count, dollarsPerMillion }) => [
    what,
    String(count),
    dollarsPerMillion.toFixed(2),
  ]);
  const table = [
    ['of one confirmed order', 'count', '$ a million orders'],
    ['---', '---:', '---:'],
    ...rows,
    ['all', '', sum(lines).toFixed(2)],
  ];
  return table.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function sum(lines: readonly CostLine[]): number {
  return lines.reduce((total, { dollarsPerMillion }) => total + dollarsPerMillion, 0);
}

const readDeployment = (): Promise<Deployment> =>
  withAssembly((assembly) => parseTemplate(readFileSync(join(assembly, TEMPLATE), 'utf8')));

if (import.meta.main) console.log(formatCost(costOf(await readDeployment())));
