import { parseNumber } from '../../ground/json.ts';
import type { Sts } from '../../services/sts/sts.ts';
import type { EvaluatedStack } from '../assembly/evaluateStacks.ts';
import { documentOf } from './documentOf.ts';

const DEFAULT_SESSION_SECONDS = 3_600;

/** Roles can be assumed and named in a bucket's policy; what their own policies allow is not evaluated. */
export function provisionRoles(stack: EvaluatedStack, sts: Pick<Sts, 'define'>): void {
  for (const resource of stack.resources.filter(({ type }) => type === 'AWS::IAM::Role')) {
    const { properties } = resource;
    sts.define({
      name: resource.reference,
      arn: resource.attribute('Arn'),
      id: resource.attribute('RoleId'),
      trustPolicy: documentOf(resource, 'AssumeRolePolicyDocument') ?? {},
      maxSessionSeconds: parseNumber(properties['MaxSessionDuration'], DEFAULT_SESSION_SECONDS),
    });
  }
}
