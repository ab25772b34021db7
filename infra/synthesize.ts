import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, DefaultStackSynthesizer } from 'aws-cdk-lib';
import { bundleFunctions } from './bundle/bundleFunctions.ts';
import { bundleResolvers } from './bundle/bundleResolvers.ts';
import { CountersignStack } from './countersignStack.ts';
import { parseSettings } from './settings.ts';

export type Synthesis = {
  /** Where the cloud assembly goes; left out, where the CDK CLI wants it, or else `cdk.out`. */
  readonly output?: string;
  /** What `-c name=value` would give to the CLI. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** The project's folder: tests give one of their own. */
  readonly root?: string;
  /** Called with the app before it is written, so that a test can add checks. */
  readonly inspect?: (app: App) => void;
};

const ROOT = join(import.meta.dirname, '..');

/** Writes the cloud assembly; answers its folder. Needs neither network nor account, and depends on the sources alone. */
export async function synthesize(synthesis: Synthesis = {}): Promise<string> {
  const root = synthesis.root ?? ROOT;
  const bundles = mkdtempSync(join(tmpdir(), 'countersign-bundles-'));
  try {
    const [, resolvers] = await Promise.all([bundleFunctions(root, bundles), bundleResolvers(root)]);
    const app = createApp(root, synthesis);
    new CountersignStack(app, 'Countersign', {
      description: 'Order approval: AppSync in front, Step Functions task tokens behind',
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
      settings: parseSettings((name) => app.node.tryGetContext(name)),
      schema: readFileSync(join(root, 'schema.graphql'), 'utf8'),
      bundles,
      resolvers,
    });
    synthesis.inspect?.(app);
    return app.synth().directory;
  } finally {
    rmSync(bundles, { recursive: true, force: true });
  }
}

function createApp(root: string, { output, context }: Synthesis): App {
  const folder = output ?? process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out');
  return new App({
    outdir: folder,
    // The CLI reads cdk.json and passes its context on; without the CLI nobody would, and the template would differ.
    context: { ...contextOf(root), ...context },
    analyticsReporting: false,
  });
}

function contextOf(root: string): Readonly<Record<string, unknown>> {
  const file: { context: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(root, 'cdk.json'), 'utf8'),
  );
  return file.context;
}
