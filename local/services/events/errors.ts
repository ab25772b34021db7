import { AwsError } from '../../wire/awsErrors.ts';

/** A refusal by EventBridge: always a 400, with its name in the body. */
export class EventsError extends AwsError {
  constructor(type: string, message: string) {
    super(type, message, 400);
  }
}
