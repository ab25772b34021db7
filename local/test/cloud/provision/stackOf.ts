import type { Resource } from '../../../cloud/assembly/evaluateStacks.ts';

export type Declared = Pick<Resource, 'type' | 'properties'> & {
  readonly logicalId?: string;
};

/** The stack Shop of these resources, each with a queue's ARN as `Arn` and its logical id as every other attribute. */
export function stackOf(...declared: readonly Declared[]) {
  const resources = declared.map(({ type, properties, logicalId = 'It' }) => ({
    stack: 'Shop',
    logicalId,
    type,
    properties,
    reference: logicalId,
    attribute: (name: string) =>
      name === 'Arn' ? `arn:aws:sqs:us-east-1:111111111111:${logicalId}` : logicalId,
  }));
  return { name: 'Shop', resources, outputs: {}, assets: new Map<string, string>() };
}
