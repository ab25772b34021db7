import type { EvaluatedStack } from '../assembly/evaluateStacks.ts';
import type { Services } from '../createServices.ts';
import { provisionApis } from './provisionApi.ts';
import { provisionFunctions } from './provisionFunctions.ts';
import { provisionRules } from './provisionRules.ts';
import { provisionStateMachines } from './provisionStateMachines.ts';
import { provisionBuckets } from './provisionBuckets.ts';
import { provisionEventSources } from './provisionEventSources.ts';
import { checkRedrives, provisionQueues, queuePoliciesOf } from './provisionQueues.ts';

/** Makes the services hold what the stacks declare. Throws Unsupported for what they cannot. */
export async function provision(stacks: readonly EvaluatedStack[], services: Services): Promise<void> {
  for (const stack of stacks) {
    provisionQueues(stack, { sqs: services.sqs, policies: queuePoliciesOf(stacks) });
    provisionFunctions(stack, services.lambda);
  }
  for (const stack of stacks) {
    checkRedrives(stack, services.sqs);
    provisionBuckets(stack, services.s3);
    provisionEventSources(stack, services.eventSources);
    provisionRules(stack, services.events);
    provisionStateMachines(stack, services.stepFunctions);
    await provisionApis(stack, services.appsync);
  }
}
