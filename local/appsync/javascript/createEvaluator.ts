import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { transformSync } from 'esbuild';
import type { Clock } from '../../clock/clock.ts';
import { checkCode } from './checkCode.ts';
import { CodeRefused } from './errors.ts';
import type { Evaluator, HandlerCall, HandlerName, HandlerOutcome, UnitOutcome } from './evaluator.ts';
import { mayRunAway } from './mayRunAway.ts';

const PRELUDE = new vm.Script(readFileSync(new URL('prelude.js', import.meta.url), 'utf8'), {
  filename: 'prelude.js',
});
/** AppSync ends a handler that evaluates for too long; it does not say when. */
const LONGEST_RUN_MILLISECONDS = 1000;

type Handlers = (handler: HandlerName, context: string) => HandlerOutcome;

/** Runs APPSYNC_JS in sealed contexts: nothing of this process can be reached, and nothing survives a call. */
export function createEvaluator({ clock }: { readonly clock: Clock }): Evaluator {
  const loaded = new Map<string, Handlers>();
  const call = async ({ codeId, handler, context }: HandlerCall): Promise<HandlerOutcome> => {
    const handlers = loaded.get(codeId);
    return handlers === undefined
      ? { kind: 'failed', type: 'Code', message: `No code was loaded as ${codeId}.`, logs: [] }
      : handlers(handler, context);
  };
  return {
    call,
    load: async (codeId, text, file) => {
      const problems = checkCode(text, file);
      if (problems.length > 0) throw new CodeRefused(problems);
      loaded.set(codeId, loadHandlers(text, file, clock));
    },
    runUnit: async ({ codeId, context }): Promise<UnitOutcome> => {
      const request = await call({ codeId, context, handler: 'request' });
      if (request.kind !== 'result') return { request, response: null };
      const response = await call({
        codeId,
        context: responseContext(context, request),
        handler: 'response',
      });
      return { request, response };
    },
    stop: async () => loaded.clear(),
  };
}

/** A NONE data source gives the payload of the request back as the result. */
function responseContext(context: string, { value, stash }: { value: string; stash: string }): string {
  const asked: { payload?: unknown } | null = JSON.parse(value);
  return JSON.stringify({ ...JSON.parse(context), result: asked?.payload ?? null, stash: JSON.parse(stash) });
}

type Run = (factory: unknown, handler: HandlerName, input: string) => string;

function loadHandlers(text: string, file: string, clock: Clock): Handlers {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const run: Run = PRELUDE.runInContext(context);
  const { code } = transformSync(text, { format: 'cjs', sourcemap: false });
  const factory: unknown = new vm.Script(
    `'use strict';(function (require, module, exports, { util, extensions, runtime, console }) {${code}\n})`,
    { filename: file },
  ).runInContext(context);
  const runSafely = mayRunAway(text) ? withTimeout(context, run, factory) : run;
  return (handler, handlerContext) => JSON.parse(runSafely(factory, handler, inputOf(handlerContext, clock)));
}

/** A watchdog for each run costs a thread, so only code that could run for long has one. */
function withTimeout(context: vm.Context, run: Run, factory: unknown): Run {
  Object.assign(context, { __run: run, __factory: factory });
  const script = new vm.Script('__run(__factory, __handler, __input)');
  return (_factory, handler, input) => {
    Object.assign(context, { __handler: handler, __input: input });
    try {
      return script.runInContext(context, { timeout: LONGEST_RUN_MILLISECONDS });
    } catch {
      return TIMED_OUT;
    }
  };
}

const TIMED_OUT = JSON.stringify({
  kind: 'failed',
  type: 'Timeout',
  message: 'Code evaluation timed out.',
  logs: [],
} satisfies HandlerOutcome);

/** `context` is JSON text already, and is not parsed here again. */
function inputOf(context: string, clock: Clock): string {
  const seed = randomFillSync(new Int32Array(4)).join(',');
  return `{"context":${context},"now":${clock.now()},"seed":[${seed}]}`;
}
