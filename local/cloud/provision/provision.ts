import type { EvaluatedStack } from '../assembly/evaluateStacks.ts';
import type { Services } from '../createServices.ts';
import { provisionApis } from './provisionApi.ts';
import { provisionFunctions } from './provisionFunctions.ts';
import { provisionRules } from './provisionRules.ts';
import { provisionStateMachines } from './provisionStateMachines.ts';
import { checkRedrives, provisionBuckets, provisionQueues } from './provisionStorage.ts';

/** Makes the services hold what the stacks declare. Throws Unsupported for what they cannot. */
export async function provision(stacks: readonly EvaluatedStack[], services: Services): Promise<void> {
  for (const stack of stacks) {
    provisionQueues(stack, services.sqs);
    provisionBuckets(stack, services.s3);
    provisionFunctions(stack, services.lambda);
  }
  for (const stack of stacks) {
    checkRedrives(stack, services.sqs);
    provisionRules(stack, services.events);
    provisionStateMachines(stack, services.stepFunctions);
    await provisionApis(stack, services.appsync);
  }
}
