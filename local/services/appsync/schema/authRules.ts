import type { GraphQLField, GraphQLObjectType } from 'graphql';
import type { AuthMode } from '../appsync.ts';

type Annotated = {
  readonly astNode?: { readonly directives?: readonly { name: { value: string } }[] } | null | undefined;
};

/** The modes that cannot occur here still count as marks: a field for user pools is closed to API keys. */
const MODES: Readonly<Record<string, AuthMode | null>> = {
  aws_api_key: 'API_KEY',
  aws_iam: 'AWS_IAM',
  aws_oidc: null,
  aws_lambda: null,
  aws_cognito_user_pools: null,
};

/** Who may read a field: its own marks, else its type's, else the default mode alone. */
export function allowedModes(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  defaultAuth: AuthMode,
): readonly AuthMode[] {
  return marks(field) ?? marks(type) ?? [defaultAuth];
}

function marks({ astNode }: Annotated): readonly AuthMode[] | null {
  const marked = (astNode?.directives ?? [])
    .map(({ name }) => MODES[name.value])
    .filter((mode) => mode !== undefined);
  return marked.length === 0 ? null : marked.filter((mode) => mode !== null);
}
