import type { Decision } from '../../schema.generated.ts';

/** What a function of the API answers to its resolver. AppSync turns a thrown error into `Lambda:Unhandled`, so errors travel as data. */
export type Answer<Value> =
  | { readonly ok: Value; readonly error?: undefined }
  | { readonly ok?: undefined; readonly error: AnsweredError };

export type AnsweredError = {
  readonly type: string;
  readonly message: string;
  readonly info: { readonly retryable: boolean; readonly decision?: Decision };
};
