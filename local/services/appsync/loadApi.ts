import { type GraphQLSchema, isObjectType } from 'graphql';
import type { Clock } from '../../ground/clock/clock.ts';
import type { VerifySignature } from '../../wire/signature/signature.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { createKeyCheck } from './access/apiKeys.ts';
import { createAuthenticate } from './access/authenticate.ts';
import { createGuessGuard } from './access/guessGuard.ts';
import type { ApiDefinition } from './appsync.ts';
import { checkApi, type CheckCode } from './checkApi.ts';
import { createDocumentCache } from './documents/documentCache.ts';
import type { OnHandlerLog } from './execution/handlers.ts';
import type { Evaluator } from './javascript/evaluator.ts';
import type { FieldPlan, LoadedApi, LoadedResolver } from './execution/execution.ts';
import { loadResolvers } from './loadResolvers.ts';
import { allowedModes } from './schema/authRules.ts';
import { loadSchema } from './schema/loadSchema.ts';
import { triggersOf } from './schema/triggers.ts';

export type LoadOptions = {
  readonly clock: Clock;
  readonly lambda: Lambda;
  readonly verifySignature: VerifySignature;
  readonly evaluator: Evaluator;
  readonly checkCode: CheckCode;
  /** What resolvers write with `console`. */
  readonly onLog: OnHandlerLog;
};

/** Checks an API as AppSync does when it is created, and makes it ready. Throws ApiRefused. */
export async function loadApi(definition: ApiDefinition, options: LoadOptions): Promise<LoadedApi> {
  const { clock, lambda, verifySignature, evaluator, checkCode, onLog } = options;
  const schema = loadSchema(definition.schema);
  checkApi(definition, { schema, lambda, checkCode });
  const authenticate = createAuthenticate({
    modes: [definition.defaultAuth, ...definition.additionalAuth],
    isKey: createKeyCheck(definition.apiKeys, clock),
    guessGuard: createGuessGuard(clock),
    verifySignature,
  });
  return {
    definition,
    lambda,
    authenticate,
    onLog,
    graphql: schema && {
      schema,
      documents: createDocumentCache(schema, definition.introspection),
      plans: plansOf(definition, schema, await loadResolvers(definition, evaluator)),
      triggers: triggersOf(schema),
    },
  };
}

type Resolvers = ReadonlyMap<string, LoadedResolver>;

function plansOf(
  definition: ApiDefinition,
  schema: GraphQLSchema,
  resolvers: Resolvers,
): ReadonlyMap<string, ReadonlyMap<string, FieldPlan>> {
  const { defaultAuth, additionalAuth } = definition;
  const everybody = [defaultAuth, ...additionalAuth];
  const plans = new Map<string, ReadonlyMap<string, FieldPlan>>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const fields = Object.values(type.getFields())
      .map((field) => ({
        name: field.name,
        modes: allowedModes(type, field, defaultAuth),
        resolver: resolvers.get(`${type.name}.${field.name}`) ?? null,
      }))
      .filter(({ modes, resolver }) => resolver !== null || !everybody.every((mode) => modes.includes(mode)));
    if (fields.length > 0) plans.set(type.name, new Map(fields.map((field) => [field.name, field])));
  }
  return plans;
}
