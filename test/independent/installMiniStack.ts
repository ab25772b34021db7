import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const CACHE = join(import.meta.dirname, '../../node_modules/.cache');
const PYTHONS = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const IS_NEW_ENOUGH = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** The program that is missing, and what to do; shown as it is. */
export class MissingProgram extends Error {
  override readonly name = 'MissingProgram';
}

/** Answers the Python of a virtual environment that has MiniStack; makes it at the first call, and when the versions change. */
export function installMiniStack(): string {
  const versions = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = join(CACHE, `ministack-${versions}`);
  const python = join(folder, 'bin/python');
  const done = join(folder, 'installed');
  if (existsSync(done)) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  run(findPython(), ['-m', 'venv', folder]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
  writeFileSync(done, '');
  return python;
}

function findPython(): string {
  const found = PYTHONS.find((name) => spawnSync(name, ['-c', IS_NEW_ENOUGH]).status === 0);
  if (found !== undefined) return found;
  throw new MissingProgram(
    'npm run test:independent needs Python 3.10 or later with its venv module; none was found. Install it and run the command again.',
  );
}

function run(program: string, words: readonly string[]): void {
  const { status } = spawnSync(program, words, { stdio: 'inherit' });
  if (status !== 0)
    throw new MissingProgram(
      `${program} ${words.slice(0, 3).join(' ')} failed: MiniStack could not be installed.`,
    );
}
