import { randomUUID } from 'node:crypto';
import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { FieldError } from '../errors.ts';
import { MAX_REQUEST_RESOLVERS } from '../limits.ts';
import { accessOf, isAllowed } from '../schema/authRules.ts';
import type { Execution, FieldPlan } from './execution.ts';
import type { OnHandlerLog } from './handlers.ts';
import { serialized } from './serialize.ts';

type Args = Readonly<Record<string, unknown>>;

/** Answers every field of a query or mutation: by its resolver, or by its parent's property. */
export const resolveField: GraphQLFieldResolver<unknown, Execution, Args> = (
  source,
  args,
  execution,
  info,
) => {
  refuseDeep(execution, info);
  const plan = planOf(execution, info);
  if (plan === undefined) return serialized(info.returnType, propertyOf(source, info.fieldName));
  authorize(execution, plan, info);
  if (plan.resolver === null) return serialized(info.returnType, propertyOf(source, info.fieldName));
  countResolver(execution);
  return plan.resolver({ source, args, execution, info }).then(
    (value) => serialized(info.returnType, value),
    (error) => throwShown(error, execution),
  );
};

export function planOf({ api }: Execution, info: GraphQLResolveInfo): FieldPlan | undefined {
  return api.graphql?.plans.get(info.parentType.name)?.get(info.fieldName);
}

export function authorize({ caller }: Execution, { rules }: FieldPlan, info: GraphQLResolveInfo): void {
  if (isAllowed(rules, accessOf(caller))) return;
  throw new FieldError({
    message: `Not Authorized to access ${info.fieldName} on type ${info.parentType.name}`,
    errorType: 'Unauthorized',
  });
}

/** Values come from JSON: an own property of an object, never something inherited, a function or a list's length. */
export function propertyOf(source: unknown, name: string): unknown {
  return typeof source === 'object' &&
    source !== null &&
    !Array.isArray(source) &&
    Object.hasOwn(source, name)
    ? Reflect.get(source, name)
    : null;
}

/** A bug here is not the client's to read: it gets an id, and the log gets the rest. */
export function throwShown(error: unknown, { onLog }: Pick<Execution, 'onLog'>): never {
  if (error instanceof FieldError) throw error;
  const id = logInternalError(error, onLog);
  throw new FieldError({ message: `Internal error (id ${id}).`, errorType: 'InternalFailure' });
}

/** The id under which the log has an error. */
export function logInternalError(error: unknown, onLog: OnHandlerLog): string {
  const id = randomUUID();
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  onLog('AppSync', { level: 'ERROR', text: `Internal error ${id}: ${text}` });
  return id;
}

/** AppSync answers what is within the limit, and an error for each field beyond it. */
function refuseDeep({ api }: Execution, info: GraphQLResolveInfo): void {
  const limit = api.definition.queryDepthLimit;
  if (limit === null || levelOf(info) <= limit) return;
  throw new FieldError({
    message: `The query is deeper than ${limit} levels.`,
    errorType: 'QueryDepthLimitReached',
  });
}

/** Fields on the way from the root; the places in a list do not count as levels. */
function levelOf(info: GraphQLResolveInfo): number {
  let level = 0;
  for (let step: GraphQLResolveInfo['path'] | undefined = info.path; step !== undefined; step = step.prev)
    if (typeof step.key === 'string') level += 1;
  return level;
}

function countResolver(execution: Execution): void {
  execution.resolversRun += 1;
  const limit = execution.api.definition.resolverCountLimit ?? MAX_REQUEST_RESOLVERS;
  if (execution.resolversRun <= limit) return;
  throw new FieldError({
    message: 'Resolver invocation limit reached.',
    errorType: 'ResolverExecutionLimitReached',
  });
}
