import { readFileSync } from 'node:fs';
import vm from 'node:vm';

/** What AppSync calls the code of a resolver or function; `failures` looks for it in stacks. */
const CODE_FILE = 'code.js';

/** In this order: each builds on those before it, and the last one seals. */
const PARTS = [
  'natives',
  'randomness',
  'texts',
  'zones',
  'dateFormats',
  'times',
  'filters',
  'operators',
  'failures',
  'util',
  'run',
  'harden',
] as const;
/** What the parts still need when it has gone from the realm's global object. */
const KEPT_FOR_PARTS =
  'Date, Intl, BigInt, RegExp, TypeError, Math, Number, Object, Array, String, JSON, encodeURIComponent, decodeURIComponent';

/** Only text goes in and out: no object of this realm is touched outside, and none of ours inside. */
export type Realm = {
  readonly compile: (source: string) => Factory;
  /** `head` and `context` are JSON text, and so is the answer. */
  readonly run: (factory: Factory, head: string, context: string) => string;
};

/** A function of the realm; it is never called from outside. */
export type Factory = { readonly kind: 'factory' };

/** A JavaScript realm of its own that has AppSync's `util` and nothing of Node's. */
export function openRealm(): Realm {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
  });
  const run: Realm['run'] = new vm.Script(setup(), { filename: 'realm.js' }).runInContext(context);
  return {
    compile: (source) => new vm.Script(source, { filename: CODE_FILE }).runInContext(context),
    run,
  };
}

function setup(): string {
  const parts = PARTS.map(readPart).join(',\n');
  return `'use strict';(({ ${KEPT_FOR_PARTS} }) => {
const realm = {};
for (const part of [${parts}]) part(realm);
return realm.run;
})(globalThis)`;
}

/** A part is a module for editors and linters, and an expression here. */
function readPart(name: string): string {
  const text = readFileSync(new URL(`realm/${name}.js`, import.meta.url), 'utf8');
  return text.replace('export default ', '').replace(/;\s*$/, '');
}
