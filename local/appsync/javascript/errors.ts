import type { CodeProblem } from './evaluator.ts';

/** Code that AppSync would refuse; a line for each construct. */
export class CodeRefused extends Error {
  readonly type = 'CodeRefused';

  constructor(problems: readonly CodeProblem[]) {
    super(problems.map(({ file, line, rule, message }) => `${file}:${line} ${rule} ${message}`).join('\n'));
  }
}
