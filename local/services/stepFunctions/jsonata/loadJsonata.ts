import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { setField, withOwnFieldsOnly } from './ownFields.ts';

/** An expression that was parsed. Errors that it throws have a `code` and a `message`. */
export type Expression = {
  readonly evaluate: (input: unknown, bindings: Readonly<Record<string, unknown>>) => unknown;
  readonly assign: (name: string | symbol, value: unknown) => void;
  readonly registerFunction: (name: string, run: (...args: never[]) => unknown, signature?: string) => void;
  readonly ast: () => unknown;
};

export type Jsonata = (expression: string) => Expression;

/**
 * The published library, with `async` and `await` taken out of its text. It is asynchronous only because a caller's
 * functions might be; ours are not, and a state that is evaluated within its transaction cannot be interrupted by a
 * callback, a deadline or a crash. `now` is the clock behind $now() and $millis().
 */
export function loadJsonata(now: () => number): Jsonata {
  const file = createRequire(import.meta.url).resolve('jsonata');
  const text = withOwnFieldsOnly(withoutPromises(readFileSync(file, 'utf8')));
  const module: { exports: unknown } = { exports: {} };
  const run = compileFunction(text, ['module', 'exports', 'cloudNow', 'setField'], { filename: file });
  run(module, module.exports, now, setField);
  return parseJsonata(module.exports);
}

const PUBLISHED_CLOCK = 'timestamp = new Date();\n                exec_env.timestamp';
const INJECTED_CLOCK = 'timestamp = new Date(cloudNow());\n                exec_env.timestamp';

function withoutPromises(text: string): string {
  if (!text.includes(PUBLISHED_CLOCK)) {
    throw new Error('This version of jsonata is not the one that the local Step Functions knows (2.0.6).');
  }
  return text
    .replace(PUBLISHED_CLOCK, INJECTED_CLOCK)
    .replaceAll(/\basync\s+(?=function\b|\()/g, '')
    .replaceAll(/\bawait\s+Promise\.all\(/g, '(')
    .replaceAll(/\bawait\s+/g, '');
}

function parseJsonata(exported: unknown): Jsonata {
  if (typeof exported !== 'function') throw new Error('The jsonata package does not export a function.');
  return exported as Jsonata;
}
