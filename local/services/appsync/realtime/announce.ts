import { execute, type GraphQLFieldResolver } from 'graphql';
import { chooseOperation, type Operation } from '../documents/operation.ts';
import type { Execution, LoadedApi } from '../execution/execution.ts';
import { executionError } from '../execution/formatError.ts';
import type { OperationResult } from '../execution/runOperation.ts';
import { FieldError } from '../errors.ts';
import { MAX_EVENT_BYTES } from '../limits.ts';
import { propertyOf } from '../execution/resolveField.ts';
import { isAllowed, type Access } from '../schema/authRules.ts';
import { resolveType } from '../execution/resolveType.ts';
import type { Subscription } from './subscription.ts';
import type { Subscriptions } from './subscriptions.ts';

/** AppSync drops larger events without a word; the mutation succeeds all the same. */

type Delivery = { readonly api: LoadedApi; readonly access: Access; readonly payload: unknown };

/**
 * Tells the subscribers about the fields that a mutation has just answered. They get what its selection has brought,
 * neither more of the resolver's object nor anything from other resolvers.
 */
export function announce(subscriptions: Subscriptions, { operation, execution, result }: Announcement): void {
  const { api, invalidations } = execution;
  for (const { key, name } of operation.rootFields) {
    const payload = result.data?.[key] ?? null;
    const fields = api.graphql?.triggers.get(name);
    if (payload === null || fields === undefined || bytesOf(payload) > MAX_EVENT_BYTES) continue;
    for (const field of fields)
      subscriptions.publish(field, payload, (subscription, query) =>
        render(api, subscription, { query, payload }),
      );
  }
  for (const { field, payload } of invalidations) subscriptions.invalidate(field, payload);
}

export type Announcement = {
  readonly operation: Operation;
  readonly execution: Execution;
  readonly result: OperationResult;
};

function bytesOf(payload: unknown): number {
  return Buffer.byteLength(JSON.stringify(payload));
}

function render(
  api: LoadedApi,
  { operationName, variables, access, key }: Subscription,
  { query, payload }: { readonly query: string; readonly payload: unknown },
): string | null {
  if (api.graphql === null) return null;
  const { schema, documents } = api.graphql;
  const cached = documents.getValid(query);
  if (cached.kind !== 'ready') return null;
  const operation = chooseOperation(cached.operations, operationName);
  if (typeof operation === 'string') return null;
  const delivery: Delivery = { api, access, payload };
  const result = execute({
    schema,
    document: operation.document,
    operationName: operation.name ?? null,
    variableValues: variables,
    contextValue: delivery,
    fieldResolver: deliverField,
    typeResolver: resolveType,
  });
  if (result instanceof Promise) return null; // a payload is data: nothing in it is waited for
  const data = result.data ?? { [key]: null }; // clients drop a frame whose data is null
  const errors = result.errors?.map((error) => executionError(schema, error));
  const text = JSON.stringify(errors === undefined ? { data } : { data, errors });
  return Buffer.byteLength(text) > MAX_EVENT_BYTES ? null : text;
}

/** Only what the event brings; no resolver runs for a delivery. */
const deliverField: GraphQLFieldResolver<unknown, Delivery> = (
  source,
  _args,
  { api, access, payload },
  info,
) => {
  if (info.path.prev === undefined) return payload;
  const plan = api.graphql?.plans.get(info.parentType.name)?.get(info.fieldName);
  if (plan !== undefined && !isAllowed(plan.rules, access))
    throw new FieldError({
      message: `Not Authorized to access ${info.fieldName} on type ${info.parentType.name}`,
      errorType: 'Unauthorized',
    });
  return propertyOf(source, info.fieldName);
};
