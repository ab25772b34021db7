import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';
import { cancelPlaced } from './graphql.ts';
import { startLocalCloud, type LocalCloud, type Outputs } from './localCloud.ts';

export type Target = {
  /** The addresses and names of the system under test. */
  readonly outputs: () => Outputs;
  /** What only a local cloud can do (time, faults, kill); throws on a deployed stack. */
  readonly local: () => LocalCloud;
};

/** Set by `npm run test:aws`: the file that `cdk deploy --outputs-file` wrote. */
const DEPLOYED_OUTPUTS = process.env['COUNTERSIGN_OUTPUTS'];

/** Runs the same journeys against a local cloud of their own and, where its outputs are given, against a deployed stack. */
export function describeTargets(name: string, journeys: (target: Target) => void): void {
  describe.each([
    { where: 'on a local cloud', flags: [] },
    { where: 'on a local cloud whose functions use the network', flags: ['--no-port'] },
  ])(`${name}, $where`, ({ flags }) => {
    let cloud: LocalCloud | null = null;
    beforeAll(async () => {
      cloud = await startLocalCloud({ flags });
    });
    afterAll(async () => {
      await cloud?.remove();
    });
    const local = () => {
      if (cloud === null) throw new Error('The local cloud has not started.');
      return cloud;
    };
    journeys({ local, outputs: () => local().outputs() });
  });
  if (DEPLOYED_OUTPUTS === undefined || !existsSync(DEPLOYED_OUTPUTS)) return;
  const stacks: Record<string, Outputs> = JSON.parse(readFileSync(DEPLOYED_OUTPUTS, 'utf8'));
  const [outputs] = Object.values(stacks);
  describe(`${name}, on AWS`, () => {
    // Nothing may wait there for days, and remind people, because of a test.
    afterAll(async () => {
      if (outputs !== undefined) await cancelPlaced(outputs);
    });
    journeys({
      outputs: () => {
        if (outputs === undefined) throw new Error(`${DEPLOYED_OUTPUTS} names no stack.`);
        return outputs;
      },
      local: () => {
        throw new Error('Only a local cloud can do this.');
      },
    });
  });
}
