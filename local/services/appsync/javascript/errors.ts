import { Refusal } from '../../../ground/refusal.ts';
import type { CodeProblem } from './evaluator.ts';

/** Code that AppSync would refuse; a line for each construct. */
export class CodeRefused extends Refusal {
  override readonly type = 'CodeRefused';

  constructor(problems: readonly CodeProblem[]) {
    super(problems.map(problemText).join('\n'));
  }
}

export function problemText({ file, line, column, rule, message }: CodeProblem): string {
  return `${file}:${line}:${column} ${rule}: ${message}`;
}
