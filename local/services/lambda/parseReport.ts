import { isObject } from '../../ground/json.ts';
import type { Report } from './worker/protocol.ts';

/** Null for what the runtime never says: a function may find the port of its thread, and say anything there. */
export function parseReport(value: unknown): Report | null {
  if (!isObject(value)) return null;
  const { kind, text, bytes, error, payload, isError, isLast, usedBytes } = value;
  if (kind === 'output' && typeof text === 'string' && typeof bytes === 'number')
    return { kind, text, bytes };
  if (kind === 'ready' && (error === null || isObject(error))) {
    return { kind, error: error === null ? null : parseErrorDocument(error) };
  }
  const isAnswer = kind === 'answer' && typeof payload === 'string' && typeof usedBytes === 'number';
  return isAnswer ? { kind, payload, usedBytes, isError: isError === true, isLast: isLast === true } : null;
}

function parseErrorDocument({ errorType, errorMessage, trace }: Readonly<Record<string, unknown>>) {
  return {
    errorType: String(errorType),
    errorMessage: String(errorMessage),
    ...(Array.isArray(trace) ? { trace: trace.map(String) } : {}),
  };
}
