import { join } from 'node:path';
import { REGION } from '../ground/account.ts';
import type { Store } from '../ground/store/store.ts';
import { credentialsFile, loadApiKey } from '../wire/credentials.ts';
import { writePrivateFile } from '../wire/privateFile.ts';
import { type EvaluatedStack, evaluateStacks } from './assembly/evaluateStacks.ts';
import { readAssembly } from './assembly/readAssembly.ts';
import type { Services } from './createServices.ts';
import { outputsFile } from './outputsFile.ts';
import { provision, removeWhatIsGone } from './provision/provision.ts';

export type Deployments = {
  /** The stacks that run; empty before the first deployment. */
  readonly current: () => readonly EvaluatedStack[];
  /** Runs the stacks of a cloud assembly from now on. When one of them is refused, those before go on. */
  readonly deploy: (assembly: string) => Promise<void>;
};

export type DeploymentsOptions = {
  readonly data: string;
  readonly store: Store;
  readonly port: number;
  readonly services: Services;
};

/** Brings cloud assemblies into the services, as CloudFormation does: what a stack keeps is left alone. */
export function createDeployments({ data, store, port, services }: DeploymentsOptions): Deployments {
  let current: readonly EvaluatedStack[] = [];
  return {
    current: () => current,
    deploy: async (assembly) => {
      const context = { port, apiKey: (resource: string) => loadApiKey(store, resource) };
      const next = evaluateStacks(readAssembly(assembly), context);
      await provisionOrRollBack(next, current, services);
      removeWhatIsGone(current, next, services);
      await store.settled();
      current = next;
      writePrivateFile(join(data, 'credentials'), credentialsFile(services.administrator, REGION));
      writePrivateFile(join(data, 'outputs.json'), outputsFile(next));
    },
  };
}

async function provisionOrRollBack(
  next: readonly EvaluatedStack[],
  current: readonly EvaluatedStack[],
  services: Services,
): Promise<void> {
  try {
    await provision(next, services);
  } catch (error) {
    if (current.length > 0) await provision(current, services);
    throw error;
  }
}
