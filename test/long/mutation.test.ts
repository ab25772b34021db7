import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SURVIVORS } from './mutation/survivors.ts';

const ROOT = join(import.meta.dirname, '../..');
const OWN = join(import.meta.dirname, 'mutation'); // Stryker has packages of its own: npm ci of the project stays small
const REPORT = join(ROOT, 'test/artefacts/mutation.json');
const MIN_KILLED_PERCENT = 90;
const TIMEOUT_MS = 2 * 3_600_000;

type Place = { readonly line: number; readonly column: number };
type Mutant = {
  readonly status: string;
  readonly replacement: string;
  readonly location: { readonly start: Place; readonly end: Place };
};
type Report = {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
};

function run(command: string, words: readonly string[], cwd: string): void {
  const { status } = spawnSync(command, words, {
    cwd,
    stdio: 'inherit',
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}.`);
}

function originalOf(source: string, { start, end }: Mutant['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined).trim(),
    )
    .join(' ');
}

/** A mutant by what it changes: lines move. */
const describeMutant = (file: string, source: string, { location, replacement }: Mutant): string =>
  `${file}: ${originalOf(source, location)} -> ${replacement.replaceAll(/\s+/g, ' ')}`;

test(
  'the tests of the functions notice nearly every change of the protocol',
  () => {
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], OWN);
    run(
      process.execPath,
      [
        join(OWN, 'node_modules/@stryker-mutator/core/bin/stryker.js'),
        'run',
        'test/long/mutation/stryker.config.json',
      ],
      ROOT,
    );

    const report: Report = JSON.parse(readFileSync(REPORT, 'utf8'));
    const mutants = Object.entries(report.files).flatMap(([file, { source, mutants: ofFile }]) =>
      ofFile.map((mutant) => ({ text: describeMutant(file, source, mutant), status: mutant.status })),
    );
    const valid = mutants.filter(
      ({ status }) => !['CompileError', 'RuntimeError', 'Ignored'].includes(status),
    );
    const survived = valid.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
    const killed = valid.length - survived.length;
    console.log(
      `${killed} of ${valid.length} mutants killed (${((100 * killed) / valid.length).toFixed(1)} %)`,
    );
    const unexplained = survived
      .map(({ text }) => text)
      .filter((text) => !SURVIVORS.some(({ mutant }) => mutant.test(text)));

    expect(valid.length).toBeGreaterThan(500);
    expect((100 * killed) / valid.length).toBeGreaterThanOrEqual(MIN_KILLED_PERCENT);
    expect(unexplained).toEqual([]);
  },
  TIMEOUT_MS,
);
