import { types } from 'node:util';
import type { ErrorDocument } from './protocol.ts';

/** An error of the runtime itself, such as Runtime.HandlerNotFound. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = `Runtime.${name}`;
  }
}

/** What the caller of a function gets for whatever the handler threw, as AWS's Node.js runtime puts it. */
export function errorDocument(error: unknown): ErrorDocument {
  try {
    if (isErrorLike(error)) {
      return { errorType: error.name, errorMessage: error.message, trace: error.stack.split('\n') };
    }
    return { errorType: typeof error, errorMessage: plainText(error), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    };
  }
}

type ErrorLike = { readonly name: string; readonly message: string; readonly stack: string };

function isErrorLike(value: unknown): value is ErrorLike {
  if (typeof value !== 'object' || value === null) return false;
  const { name, message, stack } = Object.assign(Object.create(null), membersOf(value));
  const isText = typeof name === 'string' && typeof message === 'string' && typeof stack === 'string';
  return isText && (types.isNativeError(value) || (name !== '' && message !== '' && stack !== ''));
}

/** Members that are not enumerable, or inherited, count too. */
function membersOf(value: object): Record<string, unknown> {
  return {
    name: Reflect.get(value, 'name'),
    message: Reflect.get(value, 'message'),
    stack: Reflect.get(value, 'stack'),
  };
}

/** Throws for what has no text, such as null: that is an error document of its own. */
function plainText(value: unknown): string {
  if (value === null || value === undefined) throw new TypeError('There is nothing to describe.');
  return String(value);
}

/** An error as the runtime writes it into the log: with every member of its own, and the stack as a list. */
export function loggedError(error: unknown): string {
  try {
    return JSON.stringify(
      error instanceof Error ? error : new Error(String(error)),
      (_key, value: unknown) => (value instanceof Error ? loggedMembers(value) : value),
    );
  } catch {
    return JSON.stringify(errorDocument(error));
  }
}

function loggedMembers(error: Error): Record<string, unknown> {
  return {
    errorType: error.name,
    errorMessage: error.message,
    code: Reflect.get(error, 'code'),
    ...error,
    stack: typeof error.stack === 'string' ? error.stack.split('\n') : undefined,
  };
}
