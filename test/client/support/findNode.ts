import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PROGRAM = process.platform === 'win32' ? 'node.exe' : 'node';

/** The program of Node in one of these major versions: the machine's, or else that of the npm package `node`. */
export function findNode(majors: readonly number[], folder: string): string {
  const own = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((path) => join(path, PROGRAM))
    .find((file) => existsSync(file) && majors.includes(majorOf(file)));
  return own ?? installNode(majors[0] ?? 20, folder);
}

function majorOf(file: string): number {
  const version = execFileSync(file, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)\./.exec(version)?.[1]);
}

function installNode(major: number, folder: string): string {
  const words = ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', folder, `node@${major}`];
  execFileSync('npm', words, { cwd: folder, shell: process.platform === 'win32' });
  return join(folder, 'node_modules/node/bin', PROGRAM);
}
