import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { transformSync } from 'esbuild';
import type { Clock } from '../../clock/clock.ts';
import type { CodeDefinition } from '../appsync.ts';
import type {
  HandlerContext,
  HandlerName,
  HandlerOutcome,
  HandlerRuntime,
  Handlers,
} from '../execution/handlerRuntime.ts';
import { checkCode } from './checkCode.ts';
import { mayRunAway } from './mayRunAway.ts';

const PRELUDE = new vm.Script(readFileSync(new URL('prelude.js', import.meta.url), 'utf8'), {
  filename: 'prelude.js',
});
/** AppSync ends a handler that evaluates for too long; it does not say when. */
const LONGEST_RUN_MILLISECONDS = 1000;

/** Runs APPSYNC_JS in a sealed context: nothing of this process can be reached, and nothing survives a call. */
export function createHandlerRuntime(clock: Clock): HandlerRuntime {
  return {
    check: ({ text, file }) =>
      checkCode(text, file).map(
        ({ file: place, line, rule, message }) => `${place}:${line} ${rule} ${message}`,
      ),
    load: (code) => loadHandlers(code, clock),
  };
}

type Run = (factory: unknown, handler: HandlerName, input: string) => string;

function loadHandlers({ text, file }: CodeDefinition, clock: Clock): Handlers {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const run: Run = PRELUDE.runInContext(context);
  const { code } = transformSync(text, { format: 'cjs', sourcemap: false });
  const factory: unknown = new vm.Script(
    `'use strict';(function (require, module, exports, { util, extensions, runtime, console }) {${code}\n})`,
    { filename: file },
  ).runInContext(context);
  const callSafely = mayRunAway(text) ? withTimeout(context, run, factory) : run;
  return {
    call: (handler, handlerContext) =>
      parseOutcome(callSafely(factory, handler, inputOf(handlerContext, clock))),
  };
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
  end: {
    kind: 'error',
    error: { message: 'Code evaluation timed out.', errorType: 'Code', data: null, errorInfo: null },
  },
  stash: {},
  appended: [],
  extensions: [],
  responseHeaders: {},
});

function inputOf(context: HandlerContext, clock: Clock): string {
  const seed = [...randomFillSync(new Int32Array(4))];
  return JSON.stringify({ context, now: clock.now(), seed, authMode: context['authMode'] });
}

function parseOutcome(text: string): HandlerOutcome {
  return JSON.parse(text);
}
