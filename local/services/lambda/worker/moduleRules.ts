import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

type ModuleType = 'module' | 'commonjs';

export type ModuleRules = {
  /** How a .js or .ts file below the task root is to be loaded. */
  readonly typeOf: (path: string) => ModuleType;
  /** From here on, a file without a package.json is an ES module. */
  readonly preferModules: () => void;
};

/** Lambda's runtime has the SDK; a bundle that leaves it out finds it in the project where the cloud runs, or in the cloud. */
const IN_THE_RUNTIME = /^@(?:aws-sdk|smithy|aws-crypto)\//;
const RUNTIME = [pathToFileURL(join(process.cwd(), 'package.json')).href, import.meta.url];

/**
 * On AWS nothing lies above /var/task. Here the task root lies below a project, whose package.json must not decide
 * what the function's files are, and which must not be missed when it lies elsewhere.
 */
export function useModuleRules(taskRoot: string): ModuleRules {
  const types = new Map<string, ModuleType | null>();
  const root = taskRoot.endsWith(sep) ? taskRoot : taskRoot + sep;
  const rootUrl = pathToFileURL(root).href;
  let withoutPackage: ModuleType = 'commonjs';

  function typeOf(path: string): ModuleType {
    return packageType(dirname(path), root, types) ?? withoutPackage;
  }

  registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context);
      } catch (error) {
        // Looking there asks this hook again, in the name of these files.
        const wasThere = RUNTIME.includes(context.parentURL ?? '');
        if (wasThere || !IN_THE_RUNTIME.test(specifier)) throw error;
        const url = inTheRuntime((parentURL) =>
          context.conditions.includes('require')
            ? pathToFileURL(createRequire(parentURL).resolve(specifier)).href
            : next(specifier, { ...context, parentURL }).url,
        );
        if (url === null) throw notInstalled(specifier, error);
        return { url, shortCircuit: true };
      }
    },
    load: (url, context, next) => {
      if (!url.startsWith(rootUrl) || !url.endsWith('.js') || url.includes('/node_modules/')) {
        return next(url, context);
      }
      const format = typeOf(fileURLToPath(url));
      return { ...next(url, { ...context, format }), format };
    },
  });
  return {
    typeOf,
    preferModules: () => {
      withoutPackage = 'module';
    },
  };
}

/** Where a part of the SDK is installed, or null: `import` and `require` may mean different files of it. */
function inTheRuntime(resolveFrom: (parentUrl: string) => string): string | null {
  for (const parentUrl of RUNTIME) {
    try {
      return resolveFrom(parentUrl);
    } catch {
      // it is not installed there
    }
  }
  return null;
}

function notInstalled(specifier: string, cause: unknown): Error {
  const name = specifier.split('/').slice(0, 2).join('/');
  const reason = cause instanceof Error ? cause.message : String(cause);
  const sentence = `Lambda's Node.js runtimes have ${name}, but it is not installed here: run "npm install --save-dev ${name}" in your project, or bundle it.`;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return Object.assign(new Error(`${reason}\n${sentence}`, { cause }), { code });
}

/** What the nearest package.json at or above a folder says, up to the task root; null when there is none. */
function packageType(folder: string, root: string, known: Map<string, ModuleType | null>): ModuleType | null {
  const found = known.get(folder);
  if (found !== undefined) return found;
  const type = readType(folder) ?? (root.startsWith(folder + sep) ? null : above(folder, root, known));
  known.set(folder, type);
  return type;
}

function above(folder: string, root: string, known: Map<string, ModuleType | null>): ModuleType | null {
  const parent = dirname(folder);
  return parent === folder ? null : packageType(parent, root, known);
}

function readType(folder: string): ModuleType | null {
  const file = `${folder}${sep}package.json`;
  if (!existsSync(file)) return null;
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isModule = typeof content === 'object' && content !== null && Reflect.get(content, 'type');
    return isModule === 'module' ? 'module' : 'commonjs';
  } catch {
    return 'commonjs';
  }
}
