import { build, type BuildFailure, type BuildOptions, type BuildResult } from 'esbuild';

/** A source that cannot be bundled. The message names file and line. */
export class BundleFailed extends Error {
  readonly type = 'BundleFailed';
}

/** What all bundles have in common. Throws BundleFailed. */
export async function runBundler(root: string, options: BuildOptions): Promise<BuildResult<typeof COMMON>> {
  try {
    // Names in the output are relative to the root, so that the bytes do not depend on where one stands.
    return await build({ ...options, ...COMMON, absWorkingDir: root });
  } catch (cause) {
    if (!isBuildFailure(cause)) throw cause;
    const reasons = cause.errors.map(({ text, location }) =>
      location === null ? text : `${location.file}:${location.line}:${location.column}: ${text}`,
    );
    throw new BundleFailed(reasons.join(' '), { cause });
  }
}

const COMMON = {
  write: false,
  metafile: true,
  bundle: true,
  format: 'esm',
  platform: 'node',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
} satisfies BuildOptions;

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}
