import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { transformSync } from 'esbuild';
import type { Clock } from '../../clock/clock.ts';
import type { CodeDefinition } from '../appsync.ts';
import type {
  HandlerContext,
  HandlerEnd,
  HandlerError,
  HandlerName,
  HandlerOutcome,
  HandlerRuntime,
  Handlers,
} from '../execution/handlerRuntime.ts';
import { checkCode } from './checkCode.ts';
import type { GraphQLErrorData, HandlerOutcome as Evaluated } from './evaluated.ts';
import { mayRunAway } from './mayRunAway.ts';

const PRELUDE = new vm.Script(readFileSync(new URL('prelude.js', import.meta.url), 'utf8'), {
  filename: 'prelude.js',
});
/** AppSync ends a handler that evaluates for too long; it does not say when. */
const LONGEST_RUN_MILLISECONDS = 1000;

/** Runs APPSYNC_JS in sealed contexts: nothing of this process can be reached, and nothing survives a call. */
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
  const runSafely = mayRunAway(text) ? withTimeout(context, run, factory) : run;
  return {
    call: (handler, handlerContext) =>
      outcomeOf(JSON.parse(runSafely(factory, handler, inputOf(handlerContext, clock)))),
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
  kind: 'failed',
  type: 'Timeout',
  message: 'Code evaluation timed out.',
  logs: [],
} satisfies Evaluated);

function inputOf(context: HandlerContext, clock: Clock): string {
  const seed = [...randomFillSync(new Int32Array(4))];
  return JSON.stringify({ context, now: clock.now(), seed });
}

function outcomeOf(evaluated: Evaluated): HandlerOutcome {
  const logs = evaluated.logs.map(({ text }) => text);
  if (evaluated.kind === 'failed') {
    const error = { message: evaluated.message, errorType: 'Code', data: null, errorInfo: null };
    return {
      end: { kind: 'error', error },
      stash: {},
      appended: [],
      extensions: [],
      responseHeaders: {},
      logs,
    };
  }
  const { extensions, responseHeaders } = evaluated;
  const appended = evaluated.appended.map(errorOf);
  return {
    end: endOf(evaluated),
    stash: JSON.parse(evaluated.stash),
    appended,
    extensions,
    responseHeaders,
    logs,
  };
}

function endOf(evaluated: Exclude<Evaluated, { kind: 'failed' }>): HandlerEnd {
  if (evaluated.kind === 'error') return { kind: 'error', error: errorOf(evaluated) };
  const value: unknown = JSON.parse(evaluated.value);
  if (evaluated.kind === 'result') return { kind: 'result', value };
  return { kind: 'earlyReturn', value, skipTo: evaluated.skipTo ?? 'NEXT' };
}

function errorOf({ message, type, data, info }: GraphQLErrorData): HandlerError {
  return { message, errorType: type, data, errorInfo: info };
}
