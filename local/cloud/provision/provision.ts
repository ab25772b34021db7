import type { EvaluatedStack } from '../assembly/evaluateStacks.ts';
import type { Services } from '../createServices.ts';
import { checkResources } from './checkResources.ts';
import { provisionApis } from './provisionApi.ts';
import { provisionFunctions } from './provisionFunctions.ts';
import { provisionRules } from './provisionRules.ts';
import { provisionRoles } from './provisionRoles.ts';
import { provisionStateMachines } from './provisionStateMachines.ts';
import { provisionBuckets } from './provisionBuckets.ts';
import { provisionEventSources } from './provisionEventSources.ts';
import { checkRedrives, provisionQueues, queuePoliciesOf } from './provisionQueues.ts';

/** Ends what the new stacks do not declare any more and would act by itself. Objects, messages and executions stay. */
export function removeWhatIsGone(
  before: readonly EvaluatedStack[],
  after: readonly EvaluatedStack[],
  services: Services,
): void {
  const REMOVE: Readonly<Record<string, (name: string) => void>> = {
    'AWS::Lambda::Function': services.lambda.remove,
    'AWS::Lambda::EventSourceMapping': services.eventSources.remove,
    'AWS::Events::Rule': services.events.remove,
    'AWS::IAM::Role': services.sts.remove,
  };
  const resourcesOf = (stacks: readonly EvaluatedStack[]) => stacks.flatMap(({ resources }) => resources);
  const kept = new Set(resourcesOf(after).map(({ type, reference }) => `${type} ${reference}`));
  for (const { type, reference } of resourcesOf(before)) {
    if (!kept.has(`${type} ${reference}`)) REMOVE[type]?.(reference);
  }
}

/** Makes the services hold what the stacks declare. Throws Unsupported for what they cannot. */
export async function provision(stacks: readonly EvaluatedStack[], services: Services): Promise<void> {
  checkResources(stacks);
  for (const stack of stacks) {
    provisionQueues(stack, { sqs: services.sqs, policies: queuePoliciesOf(stacks) });
    provisionFunctions(stack, services.lambda);
  }
  provisionBuckets(stacks, services.s3);
  for (const stack of stacks) {
    checkRedrives(stack, services.sqs);
    provisionRoles(stack, services.sts);
    provisionEventSources(stack, services.eventSources);
    provisionRules(stack, services.events);
    provisionStateMachines(stack, services.stepFunctions);
  }
  await provisionApis(stacks, services.appsync);
}
