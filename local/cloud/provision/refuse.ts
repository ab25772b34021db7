import { Unsupported } from '../../ground/refusal.ts';
import type { Resource } from '../assembly/evaluateStacks.ts';

export function refuse(resource: Resource, what: string): never {
  throw new Unsupported(
    `${resource.stack}/${resource.logicalId} (${resource.type}): ${what} not supported locally.`,
  );
}

/** Properties that change what a resource does and that the local cloud cannot honour. Others have no local effect. */
export function refuseProperties(resource: Resource, names: readonly string[]): void {
  const found = names.find((name) => resource.properties[name] !== undefined);
  if (found !== undefined) refuse(resource, `the property ${found} is`);
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
