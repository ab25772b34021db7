import type { EvaluatedStack } from './assembly/evaluateStacks.ts';

/**
 * The text of `outputs.json`: each stack's outputs, as the CDK CLI writes them. A stack with an AppSync API gets the key of
 * that API as `ApiKey` besides, because an output of it would print the key into the log of every deployment.
 */
export function outputsFile(stacks: readonly EvaluatedStack[]): string {
  const outputs = stacks.map((stack) => [stack.name, { ...apiKeyOf(stack), ...stack.outputs }]);
  return `${JSON.stringify(Object.fromEntries(outputs), null, 2)}\n`;
}

/** The first key of the stack that is declared. */
function apiKeyOf({ resources }: EvaluatedStack): { readonly ApiKey?: string } {
  const key = resources.find(({ type }) => type === 'AWS::AppSync::ApiKey');
  return key === undefined ? {} : { ApiKey: key.attribute('ApiKey') };
}

/** The API keys of all stacks, in the order of the templates. */
export function apiKeysOf(stacks: readonly EvaluatedStack[]): readonly string[] {
  return stacks
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'AWS::AppSync::ApiKey')
    .map((resource) => resource.attribute('ApiKey'));
}

export function hasApi(stacks: readonly EvaluatedStack[]): boolean {
  return stacks.some(({ resources }) => resources.some(({ type }) => type === 'AWS::AppSync::GraphQLApi'));
}
