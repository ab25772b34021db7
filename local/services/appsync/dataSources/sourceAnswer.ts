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
