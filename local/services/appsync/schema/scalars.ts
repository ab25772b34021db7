import { parseJson } from '../../../ground/json.ts';
import { isIP } from 'node:net';
import {
  GraphQLError,
  GraphQLScalarType,
  Kind,
  print,
  valueFromASTUntyped,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';
import { isDate, isDateTime, isTime } from './dateTimes.ts';
import { isPhoneNumber } from './phoneNumbers.ts';

type Scalar = {
  /** How AppSync calls the type in its messages. */
  readonly label: string;
  readonly accepts: (value: unknown) => boolean;
};

const text = (test: (value: string) => boolean) => (value: unknown) =>
  typeof value === 'string' && value.length <= MAX_TEXT_CHARACTERS && test(value);
const MAX_TEXT_CHARACTERS = 65_536; // a bound for the patterns below, far above any value they are meant for

const CHECKED = {
  AWSDate: { label: 'Date', accepts: text(isDate) },
  AWSTime: { label: 'Time', accepts: text(isTime) },
  AWSDateTime: { label: 'DateTime', accepts: text(isDateTime) },
  AWSTimestamp: { label: 'Timestamp', accepts: (value) => Number.isSafeInteger(value) },
  AWSEmail: { label: 'Email', accepts: text(isEmail) },
  AWSURL: { label: 'URL', accepts: text(isUrl) },
  AWSPhone: { label: 'Phone', accepts: text(isPhoneNumber) },
  AWSIPAddress: { label: 'IPAddress', accepts: text(isAddress) },
} satisfies Record<string, Scalar>;

/** Gives the AWS scalars of a built schema their rules. */
export function installScalars(schema: GraphQLSchema): void {
  for (const [name, scalar] of Object.entries(CHECKED)) install(schema.getType(name), scalar);
  const json = schema.getType('AWSJSON');
  if (!(json instanceof GraphQLScalarType)) return;
  json.serialize = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
  json.parseValue = (value) => parseAwsJson(value);
  json.parseLiteral = (node) => {
    if (node.kind === Kind.STRING) return parseAwsJson(node.value, node);
    throw notJson(print(node), node);
  };
}

function install(type: unknown, { label, accepts }: Scalar): void {
  if (!(type instanceof GraphQLScalarType)) return;
  const checked = (verb: string) => (value: unknown, node?: ValueNode) => {
    if (accepts(value)) return value;
    throw refusal(`Unable to ${verb} \`${formatValue(value)}\` as a valid ${label} Object.`, node);
  };
  const parse = checked('parse');
  const serialize = checked('serialize');
  type.serialize = (value) => serialize(value);
  type.parseValue = (value) => parse(value);
  type.parseLiteral = (node, variables) => parse(valueFromASTUntyped(node, variables), node);
}

/** The node of a literal says where it stands. */
function refusal(message: string, node?: ValueNode): GraphQLError {
  return new GraphQLError(message, node === undefined ? {} : { nodes: node });
}

function formatValue(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))).slice(0, 256);
}

/** The text is parsed on the way in: resolvers see the value that it stands for. */
function parseAwsJson(value: unknown, node?: ValueNode): unknown {
  const parsed = typeof value === 'string' ? parseJson(value) : null;
  if (parsed?.ok === true) return parsed.value;
  throw notJson(value, node);
}

function notJson(value: unknown, node?: ValueNode): GraphQLError {
  return refusal(`Unable to parse \`${formatValue(value)}\` as valid JSON.`, node);
}

function isEmail(value: string): boolean {
  return value.length <= 320 && /^[^\s@"(),:;<>[\]\\]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/.test(value);
}

/** A scheme, and no two slashes in the path. */
function isUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  return !new URL(value).pathname.replace(/^\/\//, '').includes('//');
}

function isAddress(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || address.includes('%')) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}
