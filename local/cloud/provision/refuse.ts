import { Unsupported } from '../../ground/refusal.ts';
import type { Resource } from '../assembly/evaluateStacks.ts';

export function refuse(resource: Resource, what: string): never {
  return refuseValue(resource, `${what} not supported locally.`);
}

/** For a value that AWS refuses, too: the sentence says what it may be. */
export function refuseValue(resource: Resource, sentence: string): never {
  throw new Unsupported(`${pathOf(resource)} (${resource.type}): ${sentence}`);
}

/** Runs what makes a resource; its refusal is told with the resource's name. */
export function naming<T>(resource: Resource, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    if (cause.message.startsWith(pathOf(resource))) throw cause;
    throw new Unsupported(`${pathOf(resource)} (${resource.type}): ${cause.message}`, { cause });
  }
}

export function pathOf({ stack, logicalId }: Resource): string {
  return `${stack}/${logicalId}`;
}
