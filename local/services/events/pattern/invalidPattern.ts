/** A pattern that EventBridge would refuse. The message is the part of a sentence that says why. */
export class InvalidPattern extends Error {
  readonly type = 'InvalidPattern';
}
