import type { Expression } from './loadJsonata.ts';

const MESSAGES = {
  depth:
    'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive',
  time: 'Expression evaluation timeout: Check for infinite loop',
  memory: 'Expression evaluation memory limit exceeded: Check for excessive memory usage',
} satisfies Readonly<Record<string, string>>;

/** An expression went beyond what Step Functions lets one take. */
export class EvaluationLimit extends Error {
  readonly type = 'EvaluationLimit';
  constructor(limit: keyof typeof MESSAGES) {
    super(MESSAGES[limit]);
  }
}

/** AWS refuses what nests deeper, and sequences and texts that are longer; the time is ours, because all wait for it. */
const MAX_EVALUATION_DEPTH = 100;
const MAX_SEQUENCE_ITEMS = 873_782;
const MAX_TEXT_CHARACTERS = 4_194_304;
const MAX_EVALUATION_MILLISECONDS = 1_000;
const STEPS_BETWEEN_LOOKS_AT_THE_TIME = 256;

/** Makes an expression stop by itself; answers a function to call before every evaluation. */
export function addLimits(expression: Expression): () => void {
  let depth = 0;
  let steps = 0;
  let end = 0;
  expression.assign(Symbol.for('jsonata.__evaluate_entry'), () => {
    depth += 1;
    steps += 1;
    if (depth > MAX_EVALUATION_DEPTH) throw new EvaluationLimit('depth');
    if (steps % STEPS_BETWEEN_LOOKS_AT_THE_TIME === 0 && performance.now() > end)
      throw new EvaluationLimit('time');
  });
  expression.assign(
    Symbol.for('jsonata.__evaluate_exit'),
    (_node: unknown, _input: unknown, _environment: unknown, result: unknown) => {
      depth -= 1;
      if (Array.isArray(result) && result.length > MAX_SEQUENCE_ITEMS) throw new EvaluationLimit('memory');
      if (typeof result === 'string' && result.length > MAX_TEXT_CHARACTERS)
        throw new EvaluationLimit('memory');
    },
  );
  return () => {
    depth = 0;
    steps = 0;
    end = performance.now() + MAX_EVALUATION_MILLISECONDS;
  };
}
