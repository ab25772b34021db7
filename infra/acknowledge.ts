import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** A finding of cdk-nag that we mean, with the reason; every other one fails the gate. */
export function acknowledge(scope: IConstruct, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}
