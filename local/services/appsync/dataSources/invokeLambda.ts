import { isObject } from '../../../ground/json.ts';
import type { Invocation } from '../../lambda/lambda.ts';

const FUNCTION_FAILED = 'Lambda:Unhandled';

/** Invokes a function and waits; the payload is JSON text. */
export type InvokeFunction = (functionArn: string, payload: string) => Promise<Invocation>;

/** Whatever goes wrong is an answer: the response handler decides about it. */
export async function invokeLambda(
  invoke: InvokeFunction,
  functionArn: string,
  event: unknown,
): Promise<SourceAnswer> {
  try {
    const { payload, functionError } = await invoke(functionArn, JSON.stringify(event ?? null));
    if (functionError === null) return answered(payload === '' ? null : JSON.parse(payload));
    return failed(messageOf(JSON.parse(payload)), FUNCTION_FAILED);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error), FUNCTION_FAILED);
  }
}

function messageOf(document: unknown): string {
  const message = isObject(document) ? document['errorMessage'] : null;
  return typeof message === 'string' ? message : 'The function failed without a message.';
}

/** What a data source answered: `ctx.result` and `ctx.error` of the response handler. */
export type SourceAnswer = {
  readonly result: unknown;
  readonly error: { readonly message: string; readonly type: string } | null;
};

export function answered(result: unknown): SourceAnswer {
  return { result, error: null };
}

export function failed(message: string, type: string): SourceAnswer {
  return { result: null, error: { message, type } };
}
