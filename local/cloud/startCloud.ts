import { rmSync } from 'node:fs';
import { createLogFile, type LogFile } from '../ground/logFile.ts';
import { join } from 'node:path';
import { REGION } from '../ground/account.ts';
import { type EvaluatedStack, evaluateStacks } from './assembly/evaluateStacks.ts';
import { isObject, parseList, parseObject, parseText } from '../ground/json.ts';
import { readAssembly, type Stack } from './assembly/readAssembly.ts';
import { createServices, type Services } from './createServices.ts';
import { createAssets } from '../wire/createAssets.ts';
import { loadCertificate } from '../wire/certificate.ts';
import { createServer } from '../wire/createServer.ts';
import { credentialsFile, loadApiKey } from '../wire/credentials.ts';
import { listen, type Listening } from '../wire/listen.ts';
import { writePrivateFile } from '../wire/privateFile.ts';
import type { Routes } from '../wire/route.ts';
import { outputsFile } from './outputsFile.ts';
import { tokenProvidersOf } from './provision/provisionApi.ts';
import { provision } from './provision/provision.ts';
import { ISSUER_PATH } from './people/createIssuer.ts';
import { signInOf, type SignIn } from './people/signInOf.ts';
import type { Person } from './people/person.ts';
import { openStore } from '../ground/store/openStore.ts';
import type { Store } from '../ground/store/store.ts';

export type CloudOptions = {
  readonly data: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly testControls: boolean;
  /** Who can sign in at the development issuer; an empty list leaves it out. */
  readonly people: readonly Person[];
  /** Gives the folder of the cloud assembly; called once the data folder is locked. */
  readonly assembly: () => Promise<string> | string;
  /** Gives the folder of the page's files. */
  readonly web: () => Promise<string>;
  readonly onLog: (line: string) => void;
};

export type Cloud = {
  readonly port: number;
  /** Null when the assembly has no AppSync API. */
  readonly api: { readonly key: string } | null;
  readonly examples: readonly Example[];
  /** Since the process began. */
  readonly startedInMilliseconds: number;
  readonly stop: () => Promise<void>;
};

/** Runs a cloud assembly on one loopback port; everything is kept in the data folder. Resolves when it serves. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const outputs = join(options.data, 'outputs.json');
  const store = openStore({ folder: options.data, onFailure: (error) => endProcess(error, outputs) });
  try {
    rmSync(outputs, { force: true }); // of a process that was killed: its port may be another one
    return await startWithStore(options, store);
  } catch (error) {
    store.close();
    throw error;
  }
}

async function startWithStore(options: CloudOptions, store: Store): Promise<Cloud> {
  const routes = Promise.withResolvers<Routes>();
  routes.promise.catch(() => {});
  let services: Services | null = null;
  const log = createLogFile(join(options.data, 'logs'), 'cloud');
  const listening = await listen({
    ...createServer({
      routes: routes.promise,
      upgrade: (request, socket, head) => {
        // Like a request, it waits for the services: who reconnects while they start need not try again.
        routes.promise.then(
          () => services?.appsync.upgrade(request, socket, head),
          () => socket.destroy(),
        );
      },
      onBug: (error, id) => {
        const line = `Internal error ${id}: ${error instanceof Error ? error.stack : error}`;
        options.onLog(line);
        log.write(`${line}\n`);
      },
    }),
    port: options.port,
    tls: await loadCertificate(options.data),
  });
  try {
    const webFolder = options.web();
    webFolder.catch(() => {});
    const stacks = readAssembly(await options.assembly());
    const evaluated = evaluate(stacks, store, listening.port);
    services = await createServices({
      ...options,
      store,
      port: listening.port,
      apiKeys: apiKeysOf(evaluated),
    });
    await provision(evaluated, services);
    await store.settled();
    const assets = createAssets(() => configOf(options, listening, evaluated));
    assets.mount(await webFolder);
    routes.resolve(services.routes(assets.answer));
    services.start();
    writeFiles(options.data, services, evaluated);
    return running({ options, store, listening, services, evaluated, stacks, log });
  } catch (error) {
    await services?.stop();
    await listening.close();
    throw error;
  }
}

function evaluate(stacks: readonly Stack[], store: Store, port: number): readonly EvaluatedStack[] {
  const context = { port, apiKey: (resource: string) => loadApiKey(store, resource) };
  return evaluateStacks(stacks, context);
}

function apiKeysOf(stacks: readonly EvaluatedStack[]): readonly string[] {
  return stacks
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'AWS::AppSync::ApiKey')
    .map((resource) => resource.attribute('ApiKey'));
}

function configOf(options: CloudOptions, { port }: Listening, stacks: readonly EvaluatedStack[]): unknown {
  return {
    graphqlUrl: `http://localhost:${port}/graphql`,
    realtimeUrl: `ws://localhost:${port}/graphql/realtime`,
    apiKey: apiKeysOf(stacks)[0] ?? null,
    region: REGION,
    testControls: options.testControls,
    signIn: signInConfig(options, port, stacks),
    outputs: Object.assign({}, ...stacks.map(({ outputs }) => outputs)),
  };
}

function signInConfig(
  { people }: CloudOptions,
  port: number,
  stacks: readonly EvaluatedStack[],
): SignIn | null {
  const standIn = people.length === 0 ? null : `http://localhost:${port}${ISSUER_PATH}`;
  return signInOf(stacks.flatMap(tokenProvidersOf), standIn);
}

function writeFiles(data: string, services: Services, stacks: readonly EvaluatedStack[]): void {
  writePrivateFile(join(data, 'credentials'), credentialsFile(services.administrator, REGION));
  writePrivateFile(join(data, 'outputs.json'), outputsFile(stacks));
}

type Running = {
  readonly options: CloudOptions;
  readonly store: Store;
  readonly listening: Listening;
  readonly services: Services;
  readonly evaluated: readonly EvaluatedStack[];
  readonly stacks: readonly Stack[];
  readonly log: LogFile;
};

function running({ options, store, listening, services, evaluated, stacks, log }: Running): Cloud {
  const [key] = apiKeysOf(evaluated);
  return {
    port: listening.port,
    api: key === undefined ? null : { key },
    examples: stacks.flatMap(examplesOf),
    startedInMilliseconds: Math.round(performance.now()),
    stop: async () => {
      rmSync(join(options.data, 'outputs.json'), { force: true });
      await services.stop();
      await listening.close();
      log.close();
      store.close();
    },
  };
}

/** A template may carry operations to try in its metadata, under `Examples`. */
function examplesOf({ template }: Stack): readonly Example[] {
  return parseList(parseObject(template['Metadata'])['Examples'])
    .filter(isObject)
    .map(({ title, query, variables }) => ({
      title: parseText(title, ''),
      query: parseText(query, ''),
      variables,
    }));
}

/** Nothing that waited for this commit was acknowledged; going on would be to forget what others were told. */
function endProcess(error: Error, outputs: string): void {
  rmSync(outputs, { force: true });
  console.error(
    `The store could not be written (${error.message}). Nothing unsaved was acknowledged; free some disk space and start again.`,
  );
  process.exit(1);
}

/** An example that the banner shows: a GraphQL operation with its variables. */
export type Example = { readonly title: string; readonly query: string; readonly variables: unknown };
