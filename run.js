import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Every command of package.json begins here: plain JavaScript, so that an old Node or a missing installation is one
// sentence. `node run.js SCRIPT …` runs a TypeScript file of the project.

const MIN_NODE_MAJOR = 24;
const root = dirname(fileURLToPath(import.meta.url));
const script = process.argv[2] ?? '';

if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
  fail('The dependencies are not installed: run npm ci first.');
}
if (Number(process.versions.node.split('.')[0]) < MIN_NODE_MAJOR) {
  fail(
    `Node ${process.versions.node} is too old. The project brings Node ${MIN_NODE_MAJOR} along: run npm ci without --ignore-scripts, then start with npm.`,
  );
}
// Node keeps the compiled sources, without their types, for the next command and for the processes of this one.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'node');
enableCompileCache();
process.argv.splice(1, 2, resolve(root, script));
await import(new URL(script, import.meta.url).href);

/** @param {string} sentence */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
