import { randomFillSync } from 'node:crypto';
import type { Clock } from '../../../ground/clock/clock.ts';
import { checkCode } from './checkCode.ts';
import { createProcesses } from './createProcesses.ts';
import { CodeRefused } from './errors.ts';
import type { CodeProblem, Evaluator, HandlerFailure, HandlerOutcome, UnitOutcome } from './evaluator.ts';
import { prepareCode, type PreparedCode } from './prepareCode.ts';

export type EvaluatorOptions = {
  readonly clock: Clock;
  readonly check?: (text: string, file: string) => readonly CodeProblem[];
};

type LoadedCode = { readonly number: number; readonly text: string; readonly prepared: PreparedCode };

type Call = { readonly codeId: string; readonly handler: string; readonly context: string };

/** Runs APPSYNC_JS in a sealed process: nothing of this one can be reached or held up, and nothing survives a call. */
export function createEvaluator({ clock, check = checkCode }: EvaluatorOptions): Evaluator {
  const codes = new Map<string, LoadedCode>();
  const processes = createProcesses();

  /** `context` is JSON text already, and is not parsed here again. */
  function run({ codeId, handler, context }: Call): Promise<string> {
    const number = codes.get(codeId)?.number;
    if (number === undefined) return Promise.resolve(JSON.stringify(unknown(codeId)));
    const seed = randomFillSync(new Int32Array(4)).join(',');
    return processes.run(
      `${number}\t{"handler":"${handler}","now":${clock.now()},"seed":[${seed}]}\t${context}`,
    );
  }

  /** A failure's message begins with the place in the code, as AppSync's does: `code.js:162:13: …`. */
  function located(codeId: string, outcome: HandlerOutcome): HandlerOutcome {
    const code = codes.get(codeId);
    if (outcome.kind !== 'failed' || outcome.place === undefined || code === undefined) return outcome;
    const { place, ...failure } = outcome;
    const origin = code.prepared.originOf(offsetOf(code.prepared.source, place));
    const before = code.text.slice(0, origin).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return { ...failure, message: `code.js:${before.length}:${column}: ${outcome.message}` };
  }

  return {
    call: async (call): Promise<HandlerOutcome> => located(call.codeId, JSON.parse(await run(call))),
    runUnit: async (call): Promise<UnitOutcome> => {
      const outcome: UnitOutcome | HandlerFailure = JSON.parse(await run({ ...call, handler: 'unit' }));
      const { request, response } = 'request' in outcome ? outcome : { request: outcome, response: null };
      return {
        request: located(call.codeId, request),
        response: response && located(call.codeId, response),
      };
    },
    load: async (codeId, text, file) => {
      const problems = check(text, file);
      if (problems.length > 0) throw new CodeRefused(problems);
      const { number } = codes.get(codeId) ?? { number: codes.size };
      const prepared = prepareCode(text);
      codes.set(codeId, { number, text, prepared });
      processes.load(number, JSON.stringify(prepared.source));
    },
    stop: async () => processes.stop(),
  };
}

function unknown(codeId: string): HandlerFailure {
  return { kind: 'failed', type: 'Code', message: `No code was loaded as ${codeId}.`, logs: [] };
}

function offsetOf(source: string, { line, column }: NonNullable<HandlerFailure['place']>): number {
  const before = source.split('\n').slice(0, line - 1);
  return before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
}
