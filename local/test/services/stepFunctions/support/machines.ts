import type { Cloud } from './cloud.ts';

export type States = Readonly<Record<string, object>>;

/** A machine in JSONata; the first of its states begins. */
export function machine(states: States, others: object = {}): string {
  return JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0],
    States: states,
    ...others,
  });
}

export const INVOKE = 'arn:aws:states:::lambda:invoke';
export const INVOKE_AND_WAIT = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
export const TOKEN = '{% $states.context.Task.Token %}';

/** A Task that gives its token to the function `keep` and waits. */
export function waitingTask(fields: object = {}): object {
  const Arguments = { FunctionName: 'keep', Payload: { token: TOKEN } };
  return { Type: 'Task', Resource: INVOKE_AND_WAIT, Arguments, End: true, ...fields };
}

/** Adds the function `keep` and answers the tokens that it gets, the oldest first. */
export function keepTokens({ lambda }: Cloud): string[] {
  const tokens: string[] = [];
  lambda.add('keep', (payload) => {
    const { token }: { token: string } = JSON.parse(payload);
    tokens.push(token);
    return '{}';
  });
  return tokens;
}
