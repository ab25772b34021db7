import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costOf, countTransitions, type CostLine } from './cost/costOf.ts';
import { parseTemplate, type Deployment } from './cost/parseTemplate.ts';
import type { Result } from './result.ts';

const APP = join(import.meta.dirname, '../infra/app.ts');
const GOAL_DOLLARS = 140;
const GOAL_TRANSITIONS = 3;

/** What a million confirmed orders cost on AWS with live status, at list prices, from the template as it is deployed. */
export function measureCost(): readonly Result[] {
  const deployment = readDeployment();
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

function readDeployment(): Deployment {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-cost-'));
  try {
    const env = { ...process.env, CDK_VALIDATION: 'false' };
    const { status, stderr } = spawnSync(process.execPath, [APP, '--output', folder], {
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The app could not be synthesized: ${stderr}`);
    return parseTemplate(readFileSync(join(folder, 'Countersign.template.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log(formatCost(costOf(readDeployment())));
