import { recordOf } from '../recordOf.ts';
import { runBundler } from './runBundler.ts';

/** Every resolver: the name of its file in `resolvers/` is the field it resolves. */
export const RESOLVERS = [
  'Mutation.processOrder',
  'Mutation.confirmOrder',
  'Mutation.cancelOrder',
  'Mutation.publishOrderStatus',
  'Query.order',
  'Query.pendingOrders',
  'Query.endedOrders',
  'Subscription.onOrderStatus',
] as const;

export type Resolver = (typeof RESOLVERS)[number];

/** The code of each resolver, as it stands in the template. */
export type ResolverBundles = Readonly<Record<Resolver, string>>;

/** Bundles the resolvers to APPSYNC_JS: one ES module each, with nothing to import but AppSync's own. */
export async function bundleResolvers(root: string): Promise<ResolverBundles> {
  const texts = new Map<Resolver, string>();
  await Promise.all(
    RESOLVERS.map(async (resolver) => texts.set(resolver, await bundleResolver(root, resolver))),
  );
  return recordOf(RESOLVERS, (resolver) => texts.get(resolver) ?? '');
}

async function bundleResolver(root: string, resolver: Resolver): Promise<string> {
  const { outputFiles } = await runBundler(root, {
    entryPoints: [`resolvers/${resolver}.ts`],
    external: ['@aws-appsync/utils'],
    target: 'esnext',
    // So that a refusal names the line of the source, here and in AppSync's log.
    sourcemap: 'inline',
    sourcesContent: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}
