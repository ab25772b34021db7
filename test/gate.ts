import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// `npm test`: every check that a change has to pass, in the order in which a failure is cheapest to hear of.

type Step = { readonly name: string; readonly command: string; readonly words: readonly string[] };

const ROOT = join(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'test/artefacts/results.json');

const CHECKS: readonly Step[] = [
  { name: 'format', command: 'prettier', words: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: 'oxlint', words: ['--deny-warnings'] },
  { name: 'types', command: 'tsc', words: ['--noEmit'] },
  {
    name: 'generated code is fresh',
    command: 'graphql-codegen',
    words: ['--check', '--config', 'codegen.ts'],
  },
];
const TESTS: Step = { name: 'tests', command: 'vitest', words: ['run'] };

function run({ name, command, words }: Step): boolean {
  const startedAt = performance.now();
  console.log(`\n> ${name}: ${command} ${words.join(' ')}`);
  const { status } = spawnSync(join(ROOT, 'node_modules/.bin', command), words, {
    cwd: ROOT,
    stdio: 'inherit',
  });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name}, ${Math.round(performance.now() - startedAt)} ms`);
  return status === 0;
}

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

function countTests(): Counts {
  const results: { numPassedTests: number; numFailedTests: number; numPendingTests: number } = JSON.parse(
    readFileSync(RESULTS, 'utf8'),
  );
  return { passed: results.numPassedTests, failed: results.numFailedTests, skipped: results.numPendingTests };
}

const checks = CHECKS.map(run);
const testsPassed = run(TESTS);
const tests = countTests();
const failedFiles = testsPassed || tests.failed > 0 ? 0 : 1;
const passed = tests.passed + checks.filter(Boolean).length;
const failed = tests.failed + failedFiles + checks.filter((ok) => !ok).length;
console.log(`\n${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
