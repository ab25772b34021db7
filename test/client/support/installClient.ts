import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CLIENT = join(import.meta.dirname, '../../../client');
/** What the package is made of beside its build. */
const PUBLISHED = ['package.json', 'README.md', 'LICENSE'];
/** npm itself runs on the Node that its user has; on Windows only a shell finds it. */
const SHELL = process.platform === 'win32';

/** npm, a build and a cloud one after the other take their time on a busy machine. */
export const INSTALL_TIMEOUT_MILLISECONDS = 180_000;

export type Installed = {
  readonly folder: string;
  /** Sizes in bytes, as npm tells them. */
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly remove: () => void;
};

type PackReport = readonly [
  { readonly filename: string; readonly size: number; readonly unpackedSize: number },
];

/** Packs the client as for the registry and installs the tarball into an empty folder, without the network. */
export function installClient(): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
  const source = join(folder, 'source');
  // A copy, so that test files that run at once do not build into one folder.
  for (const file of PUBLISHED) cpSync(join(CLIENT, file), join(source, file), { recursive: true });
  execFileSync(process.execPath, [join(CLIENT, 'build.ts'), '--output', join(source, 'dist')]);
  const packed = npm(source, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  const [{ filename, size, unpackedSize }]: PackReport = JSON.parse(packed);
  rmSync(source, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}');
  npm(folder, ['install', '--offline', '--no-audit', '--no-fund', filename]);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { folder, packedBytes: size, unpackedBytes: unpackedSize, remove };
}

export function installedPackages(folder: string): readonly string[] {
  const modules = join(folder, 'node_modules');
  const names = readdirSync(modules).filter((name) => !name.startsWith('.'));
  return names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}

function npm(cwd: string, words: readonly string[]): string {
  return execFileSync('npm', words, { cwd, encoding: 'utf8', shell: SHELL });
}
