import { basename } from 'node:path';
import { build } from 'esbuild';

/** Every resolver: the name of its file in `resolvers/` is the field it resolves. */
export const RESOLVERS = [
  'Mutation.processOrder',
  'Mutation.confirmOrder',
  'Mutation.cancelOrder',
  'Mutation.publishOrderStatus',
  'Query.order',
  'Query.pendingOrders',
  'Subscription.onOrderStatus',
] as const;

export type Resolver = (typeof RESOLVERS)[number];

/** From a field to its resolver's code, as it stands in the template. */
export type ResolverBundles = ReadonlyMap<string, string>;

/** Bundles the resolvers to APPSYNC_JS: one ES module each, without anything to import but AppSync's own. */
export async function bundleResolvers(root: string): Promise<ResolverBundles> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: RESOLVERS.map((resolver) => `resolvers/${resolver}.ts`),
    outdir: 'resolvers',
    write: false,
    bundle: true,
    external: ['@aws-appsync/utils'],
    format: 'esm',
    platform: 'node',
    target: 'esnext',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path, '.js'), text]));
}
