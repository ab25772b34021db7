import jsonata from 'jsonata';
import { longPaths, pathsOf } from './pathsOf.ts';
import { parseStates, type State } from './parseStates.ts';
import { resourcesOf, type PlainTemplate } from './plainTemplate.ts';

const MAX_STATE_SECONDS = 364 * 86_400;
const CALLBACK = '.waitForTaskToken';

/** Names with which a step tells the workflow what was decided. A retry of one of them would undo it. */
const OUTCOMES = [
  'OrderConfirmed',
  'OrderRejected',
  'OrderCancelled',
  'OrderFailed',
  'DeadlinePassed',
  'WorkRefused',
];
/** They hold every outcome besides. */
const EVERYTHING = ['States.ALL', 'States.TaskFailed'];
/** Fields of JSONPath, which a JSONata state must not have. */
const JSON_PATH = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ResultSelector',
  'Parameters',
  'TimeoutSecondsPath',
];

/** What is wrong with the workflow, one sentence each. */
export function checkDefinition(template: PlainTemplate): readonly string[] {
  return resourcesOf(template, 'AWS::StepFunctions::StateMachine').flatMap(({ properties }) => {
    const { machine, states } = parseStates(String(properties['DefinitionString']));
    const logging = Object(properties['LoggingConfiguration']);
    const problems = states.flatMap((state) => checkState(state, states));
    return [
      ...(machine['QueryLanguage'] === 'JSONata' ? [] : ['The workflow must be in JSONata.']),
      ...(machine['TimeoutSeconds'] === undefined
        ? []
        : [
            'The workflow has a timeout of its own: when that ends the execution, no state can close the order.',
          ]),
      ...(properties['StateMachineType'] === 'STANDARD' ? [] : ['Only a STANDARD workflow can wait.']),
      ...(logging.IncludeExecutionData === false
        ? []
        : ['The log of the workflow has execution data in it, and so task tokens.']),
      ...problems,
      ...(problems.length === 0 ? checkWays(machine, states) : []),
    ];
  });
}

function checkState(state: State, all: readonly State[]): readonly string[] {
  const { name, fields } = state;
  const found: string[] = [];
  if (fields['Type'] !== 'Task') found.push(`${name} is a ${String(fields['Type'])}: every state is a Task.`);
  for (const field of JSON_PATH)
    if (field in fields) found.push(`${name} has ${field}, which belongs to JSONPath.`);
  const seconds = fields['TimeoutSeconds'];
  if (
    typeof seconds !== 'number' ||
    seconds < 1 ||
    seconds * state.attempts('States.Timeout') > MAX_STATE_SECONDS
  )
    found.push(
      `${name} may wait without an end: it needs TimeoutSeconds of at most a year with all its attempts.`,
    );
  for (const next of state.next)
    if (!all.some((other) => other.name === next))
      found.push(`${name} leads to ${next}, which does not exist.`);
  if (state.next.length === 0 && fields['End'] !== true) found.push(`${name} neither ends nor leads on.`);
  if (name !== 'FailOrder' && state.catchers.at(-1)?.errors.join() !== 'States.ALL')
    found.push(`${name} does not catch everything else: an order could end without a status.`);
  return [...found, ...checkRetries(state), ...checkExpressions(state)];
}

function checkRetries({ name, fields, retriers }: State): readonly string[] {
  const isWait = String(fields['Resource']).endsWith(CALLBACK);
  const forbidden = isWait ? [...OUTCOMES, ...EVERYTHING] : [...OUTCOMES, 'States.ALL'];
  return retriers
    .flatMap(({ errors }) => errors)
    .filter((error) => forbidden.includes(error))
    .map((error) => `${name} retries ${error}, which would undo a decision.`);
}

function checkExpressions({ name, fields }: State): readonly string[] {
  const expressions = [...JSON.stringify(fields).matchAll(/"\{%((?:[^"\\]|\\.)*)%\}"/g)];
  return expressions.flatMap(([, text = '']) => {
    try {
      jsonata(JSON.parse(`"${text}"`));
      return [];
    } catch (error) {
      return [`${name} has an expression that JSONata cannot read: ${messageOf(error)}`];
    }
  });
}

const messageOf = (error: unknown): string => String(Object(error).message);

function checkWays(machine: Readonly<Record<string, unknown>>, states: readonly State[]): readonly string[] {
  const paths = pathsOf(String(machine['StartAt']), states);
  const reached = new Set(paths.flatMap((path) => path.states));
  return [
    ...states
      .filter(({ name }) => !reached.has(name))
      .map(({ name }) => `${name} cannot be reached from ${String(machine['StartAt'])}.`),
    ...longPaths(paths).map((path) => `${path.states.join(' -> ')} takes more than three transitions.`),
  ];
}
