import { parseObject } from '../../../ground/json.ts';
import type { GraphQLResolveInfo } from 'graphql';
import { FieldError } from '../errors.ts';
import { parseFilter } from '../filters/parseFilter.ts';
import type { Execution, Invalidation } from './execution.ts';
import type { ExtensionCall, HandlerName } from '../javascript/evaluator.ts';
import { MAX_REQUEST_INVALIDATIONS } from '../limits.ts';

export type ExtensionUse = {
  readonly extension: ExtensionCall;
  readonly handler: HandlerName;
  readonly execution: Execution;
  readonly info: GraphQLResolveInfo;
};

type Apply = (use: ExtensionUse) => void;

const EXTENSIONS: Readonly<Record<string, Apply>> = {
  setSubscriptionFilter: ({ extension, execution }) => {
    execution.subscription.filter = extension.argument === null ? null : parseFilter(extension.argument);
  },
  setSubscriptionInvalidationFilter: ({ extension, execution }) => {
    execution.subscription.invalidation =
      extension.argument === null ? null : parseFilter(extension.argument);
  },
  invalidateSubscriptions: ({ extension, execution }) => invalidate(execution, extension.argument),
};

/** Where AppSync takes an extension from: response handlers, of subscriptions or of mutations. */
const ROOTS: Readonly<Record<string, 'subscription' | 'mutation'>> = {
  setSubscriptionFilter: 'subscription',
  setSubscriptionInvalidationFilter: 'subscription',
  invalidateSubscriptions: 'mutation',
};

export function applyExtension(use: ExtensionUse): void {
  const { name } = use.extension;
  const root = ROOTS[name];
  if (use.handler === 'response' && use.info.operation.operation === root) EXTENSIONS[name]?.(use);
  else if (root !== undefined) warn(use, root);
}

/** Elsewhere it has no effect, and a developer who relies on the filter has to learn that. */
function warn({ extension, handler, execution, info }: ExtensionUse, root: string): void {
  const { operation } = info.operation;
  execution.onLog(`${info.parentType.name}.${info.fieldName}`, {
    level: 'WARN',
    text: `extensions.${extension.name} has no effect in the ${handler} handler of a ${operation}: AppSync takes it from the response handler of a ${root} only.`,
  });
}

function invalidate(execution: Execution, argument: unknown): void {
  const invalidation = parseInvalidation(argument);
  if (execution.invalidations.length >= MAX_REQUEST_INVALIDATIONS)
    throw refused(`A request may invalidate subscriptions at most ${MAX_REQUEST_INVALIDATIONS} times.`);
  execution.invalidations.push(invalidation);
}

function parseInvalidation(argument: unknown): Invalidation {
  const { subscriptionField, payload } = parseObject(argument);
  if (typeof subscriptionField !== 'string' || typeof payload !== 'object' || payload === null)
    throw refused('invalidateSubscriptions needs a subscriptionField and a payload.');
  return { field: subscriptionField, payload: { ...payload } };
}

function refused(message: string): FieldError {
  return new FieldError({ message, errorType: 'InvalidSubscriptionInvalidation' });
}
