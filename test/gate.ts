import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { installedCommand } from './support/installedCommand.ts';

// `npm test`: every check that a change has to pass, in the order in which a failure is cheapest to hear of.

/** `program` is the file that Node runs. */
type Step = { readonly name: string; readonly program: string; readonly words: readonly string[] };

const ROOT = join(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'test/artefacts/results.json');
const REPEATED = join(ROOT, 'test/artefacts/repeated.json');

const CHECKS: readonly Step[] = [
  { name: 'format', program: installedCommand('prettier'), words: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', program: installedCommand('oxlint'), words: ['--deny-warnings'] },
  { name: 'types', program: installedCommand('tsc'), words: ['--noEmit'] },
  { name: 'generated code is fresh', program: 'run.js', words: ['codegen.ts', '--check'] },
];
const TESTS: Step = { name: 'tests', program: installedCommand('vitest'), words: ['run'] };

function run({ name, program, words }: Step): boolean {
  const startedAt = performance.now();
  console.log(`\n> ${[name, ...words].join(' ')}`);
  const { status } = spawnSync(process.execPath, [program, ...words], { cwd: ROOT, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name}, ${Math.round(performance.now() - startedAt)} ms`);
  return status === 0;
}

type Test = {
  readonly file: string;
  readonly name: string;
  readonly status: string;
  readonly message: string;
};

/** Every test of a run. A file that could not be run is a test that failed. */
function readTests(results: string): readonly Test[] {
  const { testResults }: Results = JSON.parse(readFileSync(results, 'utf8'));
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(ROOT, name);
    const tests = assertionResults.map((test) => ({
      file,
      name: test.fullName,
      status: test.status,
      message: test.failureMessages?.[0] ?? '',
    }));
    const isBroken = status === 'failed' && tests.every((test) => test.status !== 'failed');
    return isBroken ? [...tests, { file, name: 'the file itself', status: 'failed', message }] : tests;
  });
}

type Results = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
};

const failedOf = (tests: readonly Test[]): readonly Test[] =>
  tests.filter(({ status }) => status === 'failed');

/** At the end, where it is seen: a log of the whole run is often cut. */
function list(title: string, tests: readonly Test[]): void {
  if (tests.length > 0) console.log(`\n${title}:`);
  for (const { file, name, message } of tests)
    console.log(
      `- ${file} > ${name}\n  ${message.split('\n', 2).join(' ').slice(0, MAX_MESSAGE_CHARACTERS)}`,
    );
}

const MAX_MESSAGE_CHARACTERS = 400;

/** What failed is run once more, alone. A test that passes then is not steady, which the gate says and does not hide. */
function repeat(failures: readonly Test[]): readonly Test[] {
  const files = [...new Set(failures.map(({ file }) => file))];
  if (files.length === 0 || files.length > MAX_REPEATED_FILES) return failures;
  const words = ['run', '--maxWorkers', '1', `--outputFile.json=${REPEATED}`, ...files];
  run({ ...TESTS, name: 'what failed, once more', words });
  return failedOf(readTests(REPEATED));
}

const MAX_REPEATED_FILES = 5; // more than that is not chance

const checks = CHECKS.map(run);
const testsPassed = run(TESTS);
const tests = readTests(RESULTS);
const failures = failedOf(tests);
const failedTwice = repeat(failures);
const unsteady = failures.filter(
  ({ file, name }) => !failedTwice.some((test) => test.file === file && test.name === name),
);
list('Failed once, passed alone (not steady: a race or a limit of time)', unsteady);
list('Failed', failedTwice);

const countOf = (status: string): number => tests.filter((test) => test.status === status).length;
const brokenRun = testsPassed || failures.length > 0 ? 0 : 1;
const passed = countOf('passed') + unsteady.length + checks.filter(Boolean).length;
const failed = failedTwice.length + brokenRun + checks.filter((ok) => !ok).length;
const skipped = countOf('skipped') + countOf('pending') + countOf('todo');
const more = [
  ...(unsteady.length > 0 ? [`${unsteady.length} not steady`] : []),
  ...(skipped > 0 ? [`${skipped} skipped`] : []),
];
console.log(`\n${[`${passed} passed`, `${failed} failed`, ...more].join(', ')}`);
process.exit(failed === 0 ? 0 : 1);
