import { Refusal } from '../../ground/refusal.ts';
/** A template that AppSync would refuse to create; the message is one sentence a problem. */
export class ApiRefused extends Refusal {
  override readonly type = 'ApiRefused';
}

export type FieldErrorDetails = {
  readonly message: string;
  readonly errorType: string | null;
  readonly data?: unknown;
  readonly errorInfo?: unknown;
};

/** What a resolver, a data source or a limit says about one field, as it stands in `errors`. */
export class FieldError extends Error {
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;

  constructor({ message, errorType, data = null, errorInfo = null }: FieldErrorDetails) {
    super(message);
    this.errorType = errorType;
    this.data = data;
    this.errorInfo = errorInfo;
  }
}
