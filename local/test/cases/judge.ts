import { isDeepStrictEqual } from 'node:util';
import type { Right, Step } from './reports.ts';
import type { Started } from './startReport.ts';
import type { Answer } from './steps.ts';

/** What of a step's answer is not as it is on AWS, a sentence each. */
export function failuresOf({ right, do: what }: Step, answer: Answer, started: Started): readonly string[] {
  const broken = brokenMembers(right, answer, started);
  if (broken.length === 0) return [];
  const got = started.refusal ?? (answer.error === undefined ? answer.text : JSON.stringify(answer.error));
  return [`${what}: ${broken.join(', ')} of ${JSON.stringify(right)} does not hold; got ${got}`];
}

type Member = Exclude<keyof Right, 'any'>;
type Holds = (right: Right, answer: Answer, started: Started) => boolean;

const MEMBERS: Readonly<Record<Member, Holds>> = {
  starts: (_right, _answer, { refusal }) => refusal === null,
  refused: ({ refused = '' }, _answer, { refusal }) =>
    refusal !== null && fits(refused, refusal) && !/^\s+at /m.test(refusal),
  warned: ({ warned = '' }, _answer, started) => started.refusal === null && fits(warned, started.printed()),
  equals: ({ equals }, { value, error }, { refusal }) =>
    refusal === null && error === undefined && isDeepStrictEqual(plain(value), plain(equals)),
  errorMessage: ({ errorMessage = '' }, answer) =>
    fits(errorMessage, answer.error?.message) && isEmpty(answer),
  errorType: ({ errorType = '' }, answer) => fits(errorType, answer.error?.type) && isEmpty(answer),
  deliversNothing: (_right, { count }) => count === 0,
  delivers: ({ delivers }, { count }) => count === delivers,
  status: ({ status }, answer) => answer.status === status,
  httpStatus: ({ httpStatus }, answer) =>
    typeof httpStatus === 'string'
      ? fits(httpStatus, String(answer.httpStatus))
      : [httpStatus].flat().includes(answer.httpStatus),
  text: ({ text = '' }, answer) => fits(text, answer.text),
  notText: ({ notText = '' }, answer) => !fits(notText, answer.text),
};

function brokenMembers(right: Right, answer: Answer, started: Started): readonly string[] {
  const { any, ...members } = right;
  const broken = Object.keys(members).filter((name) => {
    const holds = (MEMBERS as Readonly<Record<string, Holds>>)[name];
    if (holds === undefined) throw new Error(`A case asks for '${name}', which this test does not know.`);
    return !holds(members, answer, started);
  });
  const holdsOne = any?.some((one) => brokenMembers(one, answer, started).length === 0) ?? true;
  return holdsOne ? broken : [...broken, 'any'];
}

function fits(expression: string, text: string | undefined): boolean {
  return text !== undefined && new RegExp(expression, 'i').test(text);
}

/** Beside an error stands no value: GraphQL answers null for the field. */
function isEmpty({ value, error }: Answer): boolean {
  if (error === undefined || typeof value !== 'object' || value === null) return true;
  return 'errorMessage' in value || Object.values(value).every((each) => each === null);
}

/** A value with the texts in it that hold JSON read, so that the order of keys does not count. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? plain(read(value)) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return `text: ${text}`;
  }
}
