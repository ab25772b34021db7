import { build, type BuildOptions } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkCode } from '../../../../services/appsync/javascript/checkCode.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

type Sources = Readonly<Record<string, string>>;

const TAIL = 'export const response = (ctx: any) => ctx.result;\n';

/** Bundles `resolver.ts` with the flags that AWS documents. */
async function bundled(sources: Sources, options: BuildOptions = {}): Promise<string> {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const { outputFiles = [] } = await build({
    absWorkingDir: root,
    entryPoints: ['resolver.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'esnext',
    sourcemap: 'inline',
    sourcesContent: false,
    external: ['@aws-appsync/utils'],
    ...options,
  });
  return outputFiles.map(({ text }) => text).join('');
}

async function problemsOf(sources: Sources, options?: BuildOptions) {
  const problems = checkCode(await bundled(sources, options), 'bundle.js');
  return problems.map(({ file, line, rule }) => [file, line, rule]);
}

describe('a bundle of TypeScript', () => {
  test('is told by file and line of its sources', async () => {
    const problems = await problemsOf({
      'resolver.ts': `import { helper } from './shared/helper.ts';\nexport function request(ctx: any) {\n  return helper(ctx.args);\n}\n${TAIL}`,
      'shared/helper.ts':
        'type Input = { a: number };\nexport function helper(input: Input): number {\n  let one = input.a;\n  one++;\n  while (one < 3) one += 1;\n  return one;\n}\n',
    });

    expect(problems).toEqual([
      ['shared/helper.ts', 4, 'no-disallowed-unary-operators'],
      ['shared/helper.ts', 5, 'no-while'],
    ]);
  });

  test('with renamed imports, types and constants is accepted', async () => {
    const problems = await problemsOf({
      'resolver.ts': `import { util, type Context } from '@aws-appsync/utils';\nimport { kinds } from './kinds.ts';\nimport { stamp } from './stamp.ts';\nexport function request(ctx: Context<{ kind: keyof typeof kinds }>) {\n  const { kind } = ctx.args;\n  return { payload: { at: stamp(), id: util.autoId(), kind: kinds[kind] as string } };\n}\n${TAIL}`,
      'kinds.ts': "export const kinds = { one: 'ONE', two: 'TWO' } as const;\n",
      'stamp.ts':
        "import { util as own } from '@aws-appsync/utils';\nexport const stamp = () => own.time.nowISO8601();\n",
    });

    expect(problems).toEqual([]);
  });

  test('whose helpers of esbuild are not the language’s is refused', async () => {
    const names = { 'resolver.ts': `export function request(ctx: any) {\n  return {};\n}\n${TAIL}` };
    const all = {
      'resolver.ts': `import * as own from './own.ts';\nexport function request(ctx: any) {\n  return own;\n}\n${TAIL}`,
      'own.ts': 'export const one = 1;\n',
    };
    const common = {
      'resolver.ts': `import one from './one.cjs';\nexport const request = (ctx: any) => one;\n${TAIL}`,
      'one.cjs': 'module.exports = 1;\n',
    };
    const rules = async (sources: Sources, options?: BuildOptions) =>
      new Set((await problemsOf(sources, options)).map(([, , rule]) => rule));

    expect(await rules(names, { keepNames: true })).toContain('no-function-passing');
    expect(await rules(all)).toContain('no-disallowed-methods');
    expect(await rules(common)).toContain('no-disallowed-methods');
  });

  test('of an older target is refused for what that needs', async () => {
    const spread = { 'resolver.ts': `export const request = (ctx: any) => ({ ...ctx.args });\n${TAIL}` };

    expect((await problemsOf(spread, { target: 'es2017' })).map(([, , rule]) => rule)).toContain(
      'no-in-operator',
    );
    expect(await problemsOf(spread)).toEqual([]);
  });
});

test('a source map that cannot be read is no reason to stop', () => {
  const code = 'export const request = () => ~1;\nexport const response = () => 1;\n';
  const maps = [
    'data:application/json;base64,bm8=',
    'data:application/json;base64,e30=',
    'data:text/plain;base64,e30=',
  ];

  for (const map of maps) {
    expect(checkCode(`${code}//# sourceMappingURL=${map}\n`, 'field.js')).toMatchObject([
      { file: 'field.js', line: 1, column: 30 },
    ]);
  }
});
