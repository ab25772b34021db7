import { Unsupported } from '../../ground/refusal.ts';
import type { Resource } from '../assembly/evaluateStacks.ts';

export function refuse(resource: Resource, what: string): never {
  throw new Unsupported(
    `${resource.stack}/${resource.logicalId} (${resource.type}): ${what} not supported locally.`,
  );
}

/** For a value that AWS refuses, too: the sentence says what it may be. */
export function refuseValue(resource: Resource, sentence: string): never {
  throw new Unsupported(`${resource.stack}/${resource.logicalId} (${resource.type}): ${sentence}`);
}

/** Runs what makes a resource; its refusal is told with the resource's name. */
export function naming<T>(resource: Resource, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const name = `${resource.stack}/${resource.logicalId}`;
    if (cause.message.startsWith(name)) throw cause;
    throw new Unsupported(`${name} (${resource.type}): ${cause.message}`, { cause });
  }
}
