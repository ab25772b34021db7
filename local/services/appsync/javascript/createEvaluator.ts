import { randomFillSync } from 'node:crypto';
import type { Clock } from '../../../ground/clock/clock.ts';
import { checkCode } from './checkCode.ts';
import { createProcesses } from './createProcesses.ts';
import { CodeRefused } from './errors.ts';
import type { CodeProblem, Evaluator, HandlerFailure, HandlerOutcome, UnitOutcome } from './evaluator.ts';
import { prepareCode } from './prepareCode.ts';

export type EvaluatorOptions = {
  readonly clock: Clock;
  readonly check?: (text: string, file: string) => readonly CodeProblem[];
};

type Call = { readonly codeId: string; readonly handler: string; readonly context: string };

/** Runs APPSYNC_JS in a sealed process: nothing of this one can be reached or held up, and nothing survives a call. */
export function createEvaluator({ clock, check = checkCode }: EvaluatorOptions): Evaluator {
  const numbers = new Map<string, number>();
  const processes = createProcesses();

  /** `context` is JSON text already, and is not parsed here again. */
  function run({ codeId, handler, context }: Call): Promise<string> {
    const number = numbers.get(codeId);
    if (number === undefined) return Promise.resolve(JSON.stringify(unknown(codeId)));
    const seed = randomFillSync(new Int32Array(4)).join(',');
    return processes.run(
      `${number}\t{"handler":"${handler}","now":${clock.now()},"seed":[${seed}]}\t${context}`,
    );
  }

  return {
    call: async (call): Promise<HandlerOutcome> => JSON.parse(await run(call)),
    runUnit: async (call): Promise<UnitOutcome> => {
      const outcome: UnitOutcome | HandlerFailure = JSON.parse(await run({ ...call, handler: 'unit' }));
      return 'request' in outcome ? outcome : { request: outcome, response: null };
    },
    load: async (codeId, text, file) => {
      const problems = check(text, file);
      if (problems.length > 0) throw new CodeRefused(problems);
      const number = numbers.get(codeId) ?? numbers.size;
      numbers.set(codeId, number);
      processes.load(number, `${JSON.stringify(file)}\t${JSON.stringify(prepareCode(text))}`);
    },
    stop: async () => processes.stop(),
  };
}

function unknown(codeId: string): HandlerFailure {
  return { kind: 'failed', type: 'Code', message: `No code was loaded as ${codeId}.`, logs: [] };
}
