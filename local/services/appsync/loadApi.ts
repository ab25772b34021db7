import { type GraphQLSchema, isObjectType } from 'graphql';
import type { Clock } from '../../ground/clock/clock.ts';
import type { VerifySignature } from '../../wire/signature/signature.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { createKeyCheck } from './access/apiKeys.ts';
import { createAuthenticate } from './access/authenticate.ts';
import { createIssuerKeys, fetchIssuerJson } from './access/createIssuerKeys.ts';
import { createTokenCheck, type StandInIssuer, type TokenCheck } from './access/createTokenCheck.ts';
import type { ApiDefinition, AuthMode } from './appsync.ts';
import { checkApi, type CheckCode } from './checkApi.ts';
import { createDocumentCache } from './documents/documentCache.ts';
import type { OnHandlerLog } from './execution/handlers.ts';
import type { Evaluator } from './javascript/evaluator.ts';
import type { FieldPlan, LoadedApi, LoadedResolver, OnInvoked } from './execution/execution.ts';
import { loadResolvers } from './loadResolvers.ts';
import { accessRules, type AccessRule } from './schema/authRules.ts';
import { loadSchema } from './schema/loadSchema.ts';
import { triggersOf } from './schema/triggers.ts';

export type LoadOptions = {
  readonly clock: Clock;
  readonly lambda: Lambda;
  readonly verifySignature: VerifySignature;
  readonly evaluator: Evaluator;
  readonly checkCode: CheckCode;
  /** What resolvers write with `console`, what AppSync would do otherwise, and internal errors. */
  readonly onLog: OnHandlerLog;
  readonly onInvoked?: OnInvoked;
  /** Its tokens are taken beside those of the issuers that the API names. */
  readonly standInIssuer: StandInIssuer | null;
};

/** Checks an API as AppSync does when it is created, and makes it ready. Throws ApiRefused. */
export async function loadApi(definition: ApiDefinition, options: LoadOptions): Promise<LoadedApi> {
  const { clock, lambda, verifySignature, evaluator, checkCode, onLog, onInvoked } = options;
  const { schema, warnings } = loadSchema(definition.schema) ?? NO_SCHEMA;
  checkApi(definition, { schema, lambda, checkCode });
  const authenticate = createAuthenticate({
    modes: [definition.defaultAuth, ...definition.additionalAuth],
    isKey: createKeyCheck(definition.apiKeys, clock),
    verifySignature,
    checkToken: tokenCheckOf(definition, options),
  });
  for (const text of warnings) onLog(definition.name, { level: 'WARN', text });
  return {
    definition,
    lambda,
    authenticate,
    onLog,
    onInvoked,
    graphql: schema && {
      schema,
      documents: createDocumentCache(schema, definition.introspection),
      plans: plansOf(definition, schema, await loadResolvers(definition, evaluator)),
      triggers: triggersOf(schema),
    },
  };
}

function tokenCheckOf(
  { tokenProviders }: ApiDefinition,
  { clock, onLog, standInIssuer }: LoadOptions,
): TokenCheck | null {
  if (tokenProviders.length === 0) return null;
  const issuerKeys = createIssuerKeys({
    clock,
    fetchJson: fetchIssuerJson,
    onTrouble: (text) => onLog('AppSync', { level: 'ERROR', text }),
  });
  return createTokenCheck({ providers: tokenProviders, issuerKeys, standIn: standInIssuer, clock });
}
const NO_SCHEMA = { schema: null, warnings: [] };

type Resolvers = ReadonlyMap<string, LoadedResolver>;

function plansOf(
  definition: ApiDefinition,
  schema: GraphQLSchema,
  resolvers: Resolvers,
): ReadonlyMap<string, ReadonlyMap<string, FieldPlan>> {
  const modes = [definition.defaultAuth, ...definition.additionalAuth];
  const closesUnmarked = definition.tokenProviders.some(
    (provider) =>
      provider.mode === modes[0] &&
      provider.mode === 'AMAZON_COGNITO_USER_POOLS' &&
      provider.defaultAction === 'DENY',
  );
  const plans = new Map<string, ReadonlyMap<string, FieldPlan>>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const fields = Object.values(type.getFields())
      .map((field) => ({
        name: field.name,
        rules: accessRules({ schema, modes, closesUnmarked }, type, field),
        resolver: resolvers.get(`${type.name}.${field.name}`) ?? null,
      }))
      .filter(({ rules, resolver }) => resolver !== null || !modes.every((mode) => isOpenTo(rules, mode)));
    if (fields.length > 0) plans.set(type.name, new Map(fields.map((field) => [field.name, field])));
  }
  return plans;
}

function isOpenTo(rules: readonly AccessRule[], mode: AuthMode): boolean {
  return rules.some((rule) => rule.mode === mode && rule.groups === null);
}
