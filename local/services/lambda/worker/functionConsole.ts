import { format } from 'node:util';
import type { Write } from './captureOutput.ts';
import { loggedError } from './errorDocument.ts';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = (typeof LEVELS)[number];

const METHODS: Readonly<Record<string, Level>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
};

export type FunctionConsole = {
  readonly setRequestId: (requestId: string) => void;
  /** How the runtime logs an error that it caught: `Invoke Error`, `Uncaught Exception`. */
  readonly logError: (title: string, error: unknown) => void;
};

/** Gives `console` the formats of Lambda's text and JSON logging; the variables AWS_LAMBDA_LOG_FORMAT and _LEVEL choose. */
export function useFunctionConsole(write: Write): FunctionConsole {
  const isJson = process.env['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON';
  const formatLine = isJson ? jsonLine : textLine;
  const least = leastLevel(process.env['AWS_LAMBDA_LOG_LEVEL']);
  let requestId: string | undefined;
  const log = (level: Level, words: readonly unknown[]) => {
    if (LEVELS.indexOf(level) < least) return;
    write(`${formatLine({ time: new Date().toISOString(), requestId, level, words })}\n`);
  };
  for (const [method, level] of Object.entries(METHODS)) {
    Object.assign(console, { [method]: (...words: readonly unknown[]) => log(level, words) });
  }
  return {
    setRequestId: (id) => {
      requestId = id;
    },
    logError: (title, error) => {
      const caught = error instanceof Error ? error : new Error(String(error));
      log('ERROR', isJson ? [caught] : [title, `\t${loggedError(caught)}`]);
    },
  };
}

function leastLevel(name: string | undefined): number {
  return Math.max(
    LEVELS.findIndex((level) => level === name?.toUpperCase()),
    0,
  );
}

type Entry = {
  readonly time: string;
  readonly requestId: string | undefined;
  readonly level: Level;
  readonly words: readonly unknown[];
};

function textLine({ time, requestId, level, words }: Entry): string {
  return `${time}\t${requestId}\t${level}\t${format(...words)}`;
}

function jsonLine({ time, requestId, level, words }: Entry): string {
  const head = { timestamp: time, level, requestId };
  if (words.length !== 1) {
    const error = words.find((word) => word instanceof Error);
    return JSON.stringify({
      ...head,
      message: format(...words),
      ...(error instanceof Error ? jsonError(error) : {}),
    });
  }
  const [message] = words;
  try {
    return JSON.stringify({ ...head, message }, (_key, value: unknown) =>
      value instanceof Error ? { ...jsonError(value), ...value } : value,
    );
  } catch {
    return JSON.stringify({ ...head, message: format(message) });
  }
}

function jsonError(error: Error): Record<string, unknown> {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
  };
}
