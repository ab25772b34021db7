/** States.QueryEvaluationError: an expression failed or gave what its field cannot take. */
export class QueryEvaluationError extends Error {
  readonly type = 'QueryEvaluationError';
  /** The field, such as `Output/result`; null when the state's input is to blame. */
  readonly location: string | null;
  constructor(message: string, location: string | null) {
    super(message);
    this.location = location;
  }
}
