import { onTestFinished } from 'vitest';
import { createEvaluator } from '../../../../services/appsync/javascript/createEvaluator.ts';
import type {
  Evaluator,
  HandlerName,
  HandlerOutcome,
} from '../../../../services/appsync/javascript/evaluator.ts';

export const NOW = Date.parse('2026-03-04T05:06:07.089Z');

/** Ended with the test; takes also code that the check would refuse, as if somebody had found a way round it. */
export function sealedEvaluator(): Evaluator {
  const evaluator = createEvaluator({ clock: { now: () => NOW }, check: () => [] });
  onTestFinished(() => evaluator.stop());
  return evaluator;
}

export async function load(evaluator: Evaluator, body: string, codeId = 'code'): Promise<void> {
  const imports = "import { util, extensions, runtime } from '@aws-appsync/utils';";
  const code = `${imports}\nexport function request(ctx) { ${body}\n}\nexport function response(ctx) { return ctx.result; }`;
  await evaluator.load(codeId, code, 'field.ts');
}

type Asked = { readonly codeId?: string; readonly handler?: HandlerName; readonly context?: object };

export function call(
  evaluator: Evaluator,
  { codeId = 'code', handler = 'request', context = {} }: Asked = {},
): Promise<HandlerOutcome> {
  const full = { arguments: {}, stash: {}, info: {}, ...context };
  return evaluator.call({ codeId, handler, context: JSON.stringify(full) });
}

/** Runs the body of a request handler once. */
export async function run(body: string, context: object = {}): Promise<HandlerOutcome> {
  const evaluator = sealedEvaluator();
  await load(evaluator, body);
  return call(evaluator, { context });
}

/** What an expression comes to in a handler. */
export async function valueOf(expression: string, context: object = {}): Promise<unknown> {
  const outcome = await run(`return ${expression};`, context);
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return JSON.parse(outcome.value);
}
