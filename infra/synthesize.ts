import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, DefaultStackSynthesizer, type Stack, Tags } from 'aws-cdk-lib/core';
import { bundleFunctions } from './bundle/bundleFunctions.ts';
import { bundleResolvers } from './bundle/bundleResolvers.ts';
import { CountersignStack } from './countersignStack.ts';
import { staleTypes } from './checks/generatedTypes.ts';
import { readHeaders } from './page/readHeaders.ts';
import { parseSettings, warningsOf, type Settings } from './settings.ts';

export type Synthesis = {
  /** Where the cloud assembly goes; left out, where the CDK CLI wants it, or else `cdk.out`. */
  readonly output?: string;
  /** What `-c name=value` would give to the CLI. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** The project's folder: tests give one of their own. */
  readonly root?: string;
  /** For the ends of API keys, which AppSync takes from 1 to 365 days ahead; left out, the clock of the machine. */
  readonly nowSeconds?: number;
  /** Called with each sentence that a person should read, and what it is about; the synthesis goes on. */
  readonly onWarning?: (sentence: string, about: 'sources' | 'deployment') => void;
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
    const stale = staleTypes(root);
    if (stale !== null) synthesis.onWarning?.(stale, 'sources');
    const app = createApp(root, synthesis);
    const settings = readSettings(app, synthesis);
    const stack = new CountersignStack(app, stackNameOf('Countersign', settings), {
      description: 'Order approval: AppSync in front, Step Functions task tokens behind',
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
      terminationProtection: settings.terminationProtection,
      settings,
      schema: readFileSync(join(root, 'schema.graphql'), 'utf8'),
      bundles,
      resolvers,
    });
    const page = settings.page ? await addPageStack(app, root, settings) : [];
    for (const each of [stack, ...page]) addTags(each, settings);
    synthesis.inspect?.(app);
    return app.synth().directory;
  } finally {
    rmSync(bundles, { recursive: true, force: true });
  }
}

function readSettings(app: App, { nowSeconds, onWarning }: Synthesis): Settings {
  const now = nowSeconds ?? Math.floor(Date.now() / 1000);
  const settings = parseSettings(app.node.getAllContext(), now);
  for (const warning of warningsOf(settings, now)) onWarning?.(warning, 'deployment');
  return settings;
}

/** `name`, and behind it the stage if there is one. */
function stackNameOf(name: string, { stage }: Settings): string {
  return stage === null ? name : `${name}-${stage}`;
}

async function addPageStack(app: App, root: string, settings: Settings): Promise<readonly Stack[]> {
  const { PageStack } = await import('./page/pageStack.ts');
  const page = new PageStack(app, stackNameOf('CountersignPage', settings), {
    description: 'The page of Countersign as static files',
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    terminationProtection: settings.terminationProtection,
    headers: readHeaders(root, settings.approvers?.kind === 'oidc' ? [settings.approvers.issuer] : []),
  });
  return [page];
}

function addTags(stack: Stack, { tags }: Settings): void {
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
}

function createApp(root: string, { output, context }: Synthesis): App {
  const folder = output ?? process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out');
  return new App({
    outdir: folder,
    // The CLI reads cdk.json and passes its context on; without the CLI it would be missing, and the template would differ.
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
