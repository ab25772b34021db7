import { isObject, type JsonObject, parseJsonObject } from '../../ground/json.ts';
import type { Resource } from '../assembly/evaluateStacks.ts';
import { refuseValue } from './refuse.ts';

/** A policy or a pattern, which CloudFormation takes as an object or as its JSON text; null where there is none. */
export function documentOf(resource: Resource, property: string): JsonObject | null {
  const given = resource.properties[property];
  if (given === undefined) return null;
  const document = typeof given === 'string' ? parseJsonObject(given) : given;
  if (isObject(document)) return document;
  return refuseValue(
    resource,
    `${property} must be a JSON object, or its text; got ${JSON.stringify(given)}.`,
  );
}
