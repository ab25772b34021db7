import { createHash } from 'node:crypto';
import {
  execute,
  getNullableType,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  stripIgnoredCharacters,
} from 'graphql';
import type { Caller } from '../access/caller.ts';
import { chooseOperation, type Operation } from '../documents/operation.ts';
import { createExecution, type Execution, type LoadedApi } from '../execution/execution.ts';
import type { ErrorShape } from '../execution/formatError.ts';
import type { Interest } from '../filters/audience.ts';
import { argumentsOf } from '../execution/resolverContext.ts';
import { authorize, planOf, throwShown } from '../execution/resolveField.ts';
import { shaped, withTimeout } from '../execution/runOperation.ts';
import { parseGraphqlText, UNPARSABLE } from '../wire/parseGraphqlRequest.ts';
import { accessOf, type Access } from '../schema/authRules.ts';
import { refusalError } from './frames.ts';
import { parseAuthFields, signedRequest } from './handshake.ts';
import type { Receiver, Subscription } from './subscription.ts';
import { dataFrameStart } from './textFrames.ts';

export type StartRequest = {
  readonly id: string;
  /** JSON text `{query, variables}`; for IAM it is the body that was signed. */
  readonly data: string;
  readonly authorization: unknown;
  readonly remoteAddress: string;
  readonly receiver: Receiver;
  readonly timeoutMilliseconds: number;
  /** Waits until the work may begin; false when it is not wanted any more. */
  readonly turn: () => Promise<boolean>;
};

export type Start =
  | {
      readonly ok: true;
      readonly subscription: Subscription;
      readonly query: string;
      /** What the subscription keeps: the text of its document and its variables. */
      readonly keptCharacters: number;
    }
  | { readonly ok: false; readonly errors: readonly ErrorShape[] };

/** Checks the subscriber and the field, and lets the field's resolver refuse or set filters. It runs once, here. */
export async function startSubscription(api: LoadedApi, request: StartRequest): Promise<Start> {
  const fields = parseAuthFields(request.authorization) ?? {};
  const authentication = await api.authenticate({
    request: signedRequest(fields, '/graphql', request.data),
    remoteAddress: request.remoteAddress,
  });
  if (!authentication.ok) return refused(refusalError(authentication.refusal));
  if (!(await request.turn())) return refused(unsupported('stopped'));
  const parsed = parseGraphqlText(request.data);
  if (parsed === null || api.graphql === null) return refused(refusalError(UNPARSABLE));
  const document = api.graphql.documents.get(parsed.query);
  if (document.kind === 'unparsable') return refused(refusalError(UNPARSABLE));
  if (document.kind === 'invalid') return { ok: false, errors: document.errors.map(badRequest) };
  const operation = chooseOperation(document.operations, parsed.operationName);
  if (typeof operation === 'string') return refused(badRequest({ message: operation }));
  if (operation.type !== 'subscription') return refused(unsupported(operation.type));
  const { caller } = authentication;
  const execution = createExecution(api, { caller, headers: fields, variables: parsed.variables });
  return connect(api.graphql.schema, { request, query: parsed.query, operation, execution, caller });
}

type Connecting = {
  readonly request: StartRequest;
  readonly query: string;
  readonly operation: Operation;
  readonly execution: Execution;
  readonly caller: Caller;
};

/** What running the field's resolver has shown; null until it agreed. */
type Agreed = {
  readonly field: string;
  readonly key: string;
  readonly interest: Interest;
};
type ConnectContext = { readonly execution: Execution; agreed: Agreed | null };

async function connect(
  schema: GraphQLSchema,
  { request, query, operation, execution, caller }: Connecting,
): Promise<Start> {
  const context: ConnectContext = { execution, agreed: null };
  const { variables } = execution;
  const connecting = Promise.resolve(
    execute({
      schema,
      document: operation.document,
      operationName: operation.name ?? null,
      variableValues: variables,
      contextValue: context,
      fieldResolver: connectField,
    }),
  ).then((result) => shaped(schema, result, execution));
  const { errors } = await withTimeout(connecting, request.timeoutMilliseconds);
  const { agreed } = context;
  if (agreed === null)
    return { ok: false, errors: errors.length === 0 ? [badRequest(NOTHING_SELECTED)] : errors.map(withType) };
  const { filter, invalidation } = execution.subscription;
  const access = accessOf(caller);
  const declared = declaredVariables(operation, variables);
  const kept = query.length > MAX_PLAIN_CHARACTERS ? stripIgnoredCharacters(query) : query;
  const document = createHash('sha256').update(kept).digest('base64');
  return {
    ok: true,
    query: kept,
    keptCharacters: kept.length + JSON.stringify(declared).length,
    subscription: {
      id: request.id,
      frameStart: dataFrameStart(request.id),
      field: agreed.field,
      key: agreed.key,
      document,
      operationName: operation.name ?? null,
      variables: declared,
      selection: selectionOf(operation, access, { document, variables: declared }),
      access,
      interest: filter === null ? agreed.interest : { by: 'filter', filter },
      invalidation,
      receiver: request.receiver,
    },
  };
}

/** Blank space and comments of a longer document are not worth keeping. */
const MAX_PLAIN_CHARACTERS = 4_096;

type Variables = Readonly<Record<string, unknown>>;

/** A client may send more than the operation asks for. */
function declaredVariables({ node }: Operation, variables: Variables): Variables {
  const names = (node.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]),
  );
}

function selectionOf(
  { name = '', variablesShapeResult }: Operation,
  access: Access,
  { document, variables }: Pick<Subscription, 'document' | 'variables'>,
): string {
  const reader = JSON.stringify([access.mode, ...access.groups]);
  const shape = variablesShapeResult ? JSON.stringify(variables) : '';
  return `${document} ${name} ${reader} ${shape}`;
}

const NOTHING_SELECTED = { message: 'The subscription selects no field.' };

/** Its value is not sent: null stands for "agreed". */
const connectField: GraphQLFieldResolver<unknown, ConnectContext, Readonly<Record<string, unknown>>> = async (
  source,
  args,
  context,
  info,
) => {
  const { execution } = context;
  const plan = planOf(execution, info);
  if (plan !== undefined) authorize(execution, plan, info);
  await plan?.resolver?.({ source, args, execution, info }).catch((error) => throwShown(error, execution));
  context.agreed = {
    field: info.fieldName,
    key: String(info.path.key),
    interest: argumentInterest(argumentsOf({ args, info }), info),
  };
  return null;
};

/** AWSJSON arguments are compared as the values that they stand for. */
function argumentInterest(values: Readonly<Record<string, unknown>>, info: GraphQLResolveInfo): Interest {
  const { args = [] } = info.parentType.getFields()[info.fieldName] ?? {};
  const json = args.filter(({ type }) => getNullableType(type).toString() === 'AWSJSON');
  return { by: 'arguments', values, json: json.map(({ name }) => name) };
}

function unsupported(type: string): ErrorShape {
  return {
    errorType: 'UnsupportedOperation',
    message: `${type} not supported through the realtime channel`,
  };
}

function badRequest(error: ErrorShape): ErrorShape {
  return { errorType: 'BadRequestException', errorCode: 400, ...error };
}

/** Wrong variables have no type over HTTP; on a socket every error has one. */
function withType(error: ErrorShape): ErrorShape {
  return error['errorType'] === undefined ? badRequest(error) : error;
}

function refused(error: ErrorShape): Start {
  return { ok: false, errors: [error] };
}
