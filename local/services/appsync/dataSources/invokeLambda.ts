import { isObject } from '../../../ground/json.ts';
import type { Invocation } from '../../lambda/lambda.ts';

const FUNCTION_FAILED = 'Lambda:Unhandled';
const LAMBDA_FAILED = /^Lambda\.(\w+Exception)$/;

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
    return failureOf(JSON.parse(payload));
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error), FUNCTION_FAILED);
  }
}

/** Lambda's own errors, such as throttling, have a type of their own: `Lambda:TooManyRequestsException`. */
function failureOf(document: unknown): SourceAnswer {
  const { errorType, errorMessage } = isObject(document) ? document : {};
  const [, own] = LAMBDA_FAILED.exec(String(errorType)) ?? [];
  const message = typeof errorMessage === 'string' ? errorMessage : 'The function failed without a message.';
  return failed(message, own === undefined ? FUNCTION_FAILED : `Lambda:${own}`);
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
