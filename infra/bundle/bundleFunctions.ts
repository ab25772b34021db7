import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { HANDLERS, type Handler } from '../handlers.ts';
import { ownSourceMap } from './ownSourceMap.ts';
import { quickBuiltins } from './quickBuiltins.ts';
import { runBundler } from './runBundler.ts';

const OPTIONS = {
  outExtension: { '.js': '.mjs' },
  // What a function imports when it needs it (the SDK does that a lot) stays out of its cold start.
  splitting: true,
  minify: true,
  target: 'node24',
  // A stack trace names the line of the source.
  sourcemap: 'linked',
  sourcesContent: false,
  // The SDK's ES modules: its `main` is CommonJS, twice the size and without tree shaking.
  mainFields: ['module', 'main'],
  // Lambda gives credentials in the environment. The SDK's other ways to find some are a quarter of its size.
  alias: { '@aws-sdk/credential-provider-node': './functions/aws/environmentCredentials.ts' },
} satisfies BuildOptions;

/** Bundles every handler into a folder of its own below `output`, as Lambda gets it. Throws BundleFailed. */
export async function bundleFunctions(root: string, output: string): Promise<void> {
  // One pass for all handlers reads the SDK once: 0.15 s instead of 3 s for fifteen passes.
  const { metafile, outputFiles } = await runBundler(root, {
    ...OPTIONS,
    entryPoints: HANDLERS.map((handler) => ({ in: `functions/${handler}.ts`, out: entryName(handler) })),
    outdir: 'bundles',
    plugins: [quickBuiltins],
  });
  const files = new Map(outputFiles.map((file) => [basename(file.path), file]));
  const maps = new Map(
    [...files]
      .filter(([name]) => name.endsWith('.map'))
      .map(([name, { text }]) => [name, ownSourceMap(text)]),
  );
  for (const handler of HANDLERS) {
    const folder = bundleFolder(output, handler);
    mkdirSync(folder, { recursive: true });
    const entry = `${entryName(handler)}.mjs`;
    for (const name of closureOf(metafile, entry)) {
      writeFileSync(join(folder, name === entry ? 'index.mjs' : name), files.get(name)?.contents ?? '');
      writeFileSync(join(folder, `${name}.map`), maps.get(`${name}.map`) ?? '');
    }
  }
}

export function bundleFolder(output: string, handler: Handler): string {
  return join(output, handler);
}

function entryName(handler: Handler): string {
  return handler.replace('/', '-');
}

/** The names of a bundle's file and of all that it imports, now or later. */
function closureOf({ outputs }: Metafile, entry: string): ReadonlySet<string> {
  const names = new Set([entry]);
  for (const name of names) {
    const imports = outputs[`bundles/${name}`]?.imports ?? [];
    for (const { path, external } of imports) if (external !== true) names.add(basename(path));
  }
  return names;
}
