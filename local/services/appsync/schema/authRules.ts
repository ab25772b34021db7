import { getDirectiveValues, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { Caller } from '../access/caller.ts';
import type { AuthMode } from '../appsync.ts';

/** The callers that may read a field: those of this mode and, where groups are named, in one of them. */
export type AccessRule = { readonly mode: AuthMode; readonly groups: readonly string[] | null };

/** What a rule is compared with: the part of a caller that decides what it may read. */
export type Access = { readonly mode: AuthMode; readonly groups: readonly string[] };

/** Lambda authorization cannot occur here; its mark still closes a field to the others. */
const MODES: Readonly<Record<string, AuthMode | null>> = {
  aws_api_key: 'API_KEY',
  aws_iam: 'AWS_IAM',
  aws_oidc: 'OPENID_CONNECT',
  aws_lambda: null,
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
};

export type RulesOptions = {
  readonly schema: GraphQLSchema;
  /** The default mode first. */
  readonly modes: readonly AuthMode[];
  /** The default action of a user pool is DENY: a field without a mark is closed to everyone. */
  readonly closesUnmarked: boolean;
};

/** The rules of a field: its own marks, else its type's, else the default mode alone. */
export function accessRules(
  { schema, modes, closesUnmarked }: RulesOptions,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): readonly AccessRule[] {
  const marked = marks(schema, field) ?? marks(schema, type);
  if (marked !== null) return marked;
  const [defaultMode] = modes;
  if (defaultMode === undefined) return [];
  const groups = groupsOfAuth(schema, modes, field);
  return closesUnmarked && groups === null ? [] : [{ mode: defaultMode, groups }];
}

export function isAllowed(rules: readonly AccessRule[], { mode, groups }: Access): boolean {
  return rules.some(
    (rule) =>
      rule.mode === mode && (rule.groups === null || rule.groups.some((group) => groups.includes(group))),
  );
}

export function accessOf(caller: Caller): Access {
  return {
    mode: caller.mode,
    groups: caller.mode === 'AMAZON_COGNITO_USER_POOLS' ? (caller.groups ?? []) : [],
  };
}

type Annotated = Pick<GraphQLField<unknown, unknown> | GraphQLObjectType, 'astNode'>;

function marks(schema: GraphQLSchema, { astNode }: Annotated): readonly AccessRule[] | null {
  const marked = (astNode?.directives ?? [])
    .map(({ name }) => ({ name: name.value, mode: MODES[name.value] }))
    .filter(({ mode }) => mode !== undefined);
  if (marked.length === 0) return null;
  return marked.flatMap(({ name, mode }) =>
    mode === null || mode === undefined ? [] : [{ mode, groups: groupsOf(schema, name, { astNode }) }],
  );
}

/** AppSync ignores `@aws_auth` where the API has more than one mode. */
function groupsOfAuth(
  schema: GraphQLSchema,
  modes: readonly AuthMode[],
  field: Annotated,
): readonly string[] | null {
  const alone = modes.length === 1 && modes[0] === 'AMAZON_COGNITO_USER_POOLS';
  return alone ? groupsOf(schema, 'aws_auth', field) : null;
}

function groupsOf(
  schema: GraphQLSchema,
  directive: string,
  { astNode }: Annotated,
): readonly string[] | null {
  const definition = schema.getDirective(directive);
  const values = definition && astNode && getDirectiveValues(definition, astNode);
  const groups = values?.['cognito_groups'];
  return Array.isArray(groups) ? groups.map(String) : null;
}
