import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { types } from 'node:util';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './errorDocument.ts';
import type { InstanceSetup } from './protocol.ts';
import { useModuleRules, type ModuleRules } from './moduleRules.ts';

const FIRST_WITHOUT_CALLBACKS = 24;

export type Handler = {
  readonly call: (event: unknown, context: unknown, callback?: unknown) => unknown;
  /** A handler of three parameters answers by its callback, unless it gives a promise; up to Node.js 22. */
  readonly takesCallback: boolean;
  readonly isAsync: boolean;
};

/** Imports the function named by `folder/file.member.of.module`. Throws what Lambda's runtime throws. */
export async function loadHandler({ taskRoot, handler, runtime }: InstanceSetup): Promise<Handler> {
  if (handler.includes('..')) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const name = basename(handler);
  const dot = name.indexOf('.');
  if (dot < 0) throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  const file = handler.slice(0, handler.length - name.length) + name.slice(0, dot);
  const found = memberOf(await loadModule(taskRoot, file), name.slice(dot + 1).split('.'));
  if (typeof found === 'function') return handlerOf(found, runtime);
  const fault = found ? 'is not a function' : 'is undefined or not exported';
  throw new RuntimeError('HandlerNotFound', `${handler} ${fault}`);
}

function handlerOf(found: Function, runtime: string): Handler {
  const takesCallback = found.length > 2;
  if (takesCallback && !hasCallbacks(runtime)) {
    throw new RuntimeError(
      'CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return {
    call: (...words) => Reflect.apply(found, undefined, words),
    takesCallback,
    isAsync: types.isAsyncFunction(found),
  };
}

/**
 * Node.js 24 has no callbacks, no `context.done` and the like, and no waiting for an empty event loop
 * (https://aws.amazon.com/blogs/compute/node-js-24-runtime-now-available-in-aws-lambda/).
 */
export function hasCallbacks(runtime: string): boolean {
  const [, version] = /^nodejs(\d+)\./.exec(runtime) ?? [];
  return Number(version ?? 0) < FIRST_WITHOUT_CALLBACKS;
}

function memberOf(module: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    const hasMembers = (typeof value === 'object' && value !== null) || typeof value === 'function';
    return hasMembers ? Reflect.get(value, key) : undefined;
  }, module);
}

async function loadModule(taskRoot: string, file: string): Promise<unknown> {
  const rules = useModuleRules(taskRoot);
  try {
    return await loadFile(findFile(taskRoot, file), rules);
  } catch (error) {
    if (error instanceof SyntaxError) throw syntaxError(error);
    if (isMissingModule(error)) throw new RuntimeError('ImportModuleError', String(error), { cause: error });
    throw error;
  }
}

const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

function findFile(taskRoot: string, file: string): string {
  const path = EXTENSIONS.map((extension) => join(taskRoot, file + extension)).find(
    (one) => statSync(one, { throwIfNoEntry: false })?.isFile() ?? false,
  );
  if (path !== undefined) return path;
  const message = `Error: Cannot find module '${basename(file)}'\nRequire stack:\n- /var/runtime/index.mjs`;
  throw new RuntimeError('ImportModuleError', message);
}

function loadFile(path: string, rules: ModuleRules): Promise<unknown> {
  if (/\.c[jt]s$/.test(path)) return Promise.resolve(createRequire(path)(path));
  const isScript = !/\.m[jt]s$/.test(path) && rules.typeOf(path) === 'commonjs';
  return isScript ? loadScript(path, rules) : importFile(path);
}

/** Node tells from the source what a file without a package.json is: ES module syntax makes it one. */
async function loadScript(path: string, rules: ModuleRules): Promise<unknown> {
  try {
    return createRequire(path)(path);
  } catch (error) {
    if (!(error instanceof SyntaxError) || !/import|export|await/.test(error.message)) throw error;
    rules.preferModules();
    return importFile(path);
  }
}

function importFile(path: string): Promise<unknown> {
  return import(pathToFileURL(path).href);
}

function isMissingModule(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
}

function syntaxError(cause: SyntaxError): Error {
  const error = new RuntimeError('UserCodeSyntaxError', String(cause), { cause });
  if (cause.stack !== undefined) error.stack = cause.stack;
  return error;
}
