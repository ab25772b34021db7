import vm from 'node:vm';
import { parse } from 'acorn';
import { readCode, type Code, type Finding } from './code.ts';
import type { CodeProblem } from './evaluator.ts';
import { createLocator } from './createLocator.ts';
import { prepareCode } from './prepareCode.ts';
import { findContextWrites } from './rules/contextRules.ts';
import { findFunctionUse } from './rules/functionRules.ts';
import { findMethods } from './rules/methodRules.ts';
import { findModuleUse } from './rules/moduleRules.ts';
import { findNames } from './rules/nameRules.ts';
import { findSyntax } from './rules/syntaxRules.ts';
import { findUtilities } from './rules/utilityRules.ts';

/** AppSync's limit of a resolver's or function's code, in characters. */
const MAX_CODE_CHARACTERS = 32_768;
const RULES: readonly ((code: Code) => readonly Finding[])[] = [
  findSyntax,
  findModuleUse,
  findNames,
  findUtilities,
  findMethods,
  findFunctionUse,
  findContextWrites,
];

/** What AppSync would refuse in a resolver's code: used at start and by the tests of the project's own resolvers. */
export function checkCode(text: string, file: string): readonly CodeProblem[] {
  const locate = createLocator(text, file);
  return findingsOf(text)
    .toSorted((left, right) => left.position - right.position)
    .map(({ position, rule, message }) => ({ ...locate(position), rule, message }));
}

function findingsOf(text: string): readonly Finding[] {
  const length = [...text].length;
  if (length > MAX_CODE_CHARACTERS) {
    const message = `The code has ${length} characters; ${MAX_CODE_CHARACTERS} are allowed.`;
    return [{ position: 0, rule: 'code-too-long', message }];
  }
  try {
    const code = readCode(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }));
    const findings = RULES.flatMap((find) => find(code));
    if (findings.length === 0) void new vm.Script(prepareCode(text).source); // what runs later compiles, too
    return findings;
  } catch (error) {
    const position = error instanceof SyntaxError && 'pos' in error ? Number(error.pos) : 0;
    const message = error instanceof Error ? error.message : String(error);
    // The parser names the place in the bundle, too; the source's is what counts.
    return [{ position, rule: 'parser-error', message: `${message.replace(/ \(\d+:\d+\)$/, '')}.` }];
  }
}
