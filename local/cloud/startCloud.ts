import { rmSync } from 'node:fs';
import { createLogFile, type LogFile } from '../ground/logFile.ts';
import { join } from 'node:path';
import { openStore } from '../ground/store/openStore.ts';
import type { Store } from '../ground/store/store.ts';
import { loadCertificate } from '../wire/certificate.ts';
import { createAssets } from '../wire/createAssets.ts';
import { createServer } from '../wire/createServer.ts';
import { listen } from '../wire/listen.ts';
import type { Routes } from '../wire/route.ts';
import { createDeployments, type Deployments } from './createDeployments.ts';
import { createServices, type Services, type ServicesOptions } from './createServices.ts';
import { apiKeysOf, hasApi } from './outputsFile.ts';
import { pageConfig } from './pageConfig.ts';
import type { Person } from './people/person.ts';

export type CloudOptions = {
  readonly data: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly testControls: boolean;
  /** Whether functions send their requests to the cloud through ports between threads, not through the network. */
  readonly functionPorts: boolean;
  /** The people of the development issuer; an empty list leaves it out. */
  readonly people: readonly Person[];
  /** A name or address beside localhost; with one, other machines can reach the cloud. */
  readonly host: string | null;
  /** Gives the folder of the cloud assembly; called once the data folder is locked. */
  readonly assembly: () => Promise<string> | string;
  /** Gives a folder of static files to serve; null: none. */
  readonly files: () => Promise<string | null> | string | null;
  readonly onLog: (source: string, line: string) => void;
};

export type Cloud = {
  readonly port: number;
  /** Null when the assembly has no AppSync API; without a key where it has IAM alone. */
  readonly api: { readonly key: string | null } | null;
  /** Since the process began. */
  readonly startedInMilliseconds: number;
  /**
   * Runs another cloud assembly from now on, as a deployment would do it; what makes it has the processors for itself. Rejects
   * with the reason of a refusal; what ran before goes on.
   */
  readonly update: (makeAssembly: () => Promise<string>) => Promise<void>;
  /** Serves the files of this folder from now on. */
  readonly serveFiles: (folder: string) => void;
  readonly stop: () => Promise<void>;
};

/** Runs a cloud assembly on one port; everything is kept in the data folder. Resolves when it serves. */
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
  const ready = Promise.withResolvers<Serving>();
  const routes = ready.promise.then((serving) => serving.routes);
  routes.catch(() => {}); // a start that fails says why by itself
  const log = createLogFile(join(options.data, 'logs'), 'cloud');
  const answering = {
    host: options.host,
    routes,
    onBug: (error: unknown, id: string) => {
      const line = `Internal error ${id}: ${error instanceof Error ? error.stack : error}`;
      options.onLog('cloud', line);
      log.write(`${line}\n`);
    },
  };
  const listening = await listen({
    ...createServer({
      ...answering,
      upgrade: (request, socket, head) => {
        // Like a request, it waits for the services: a client that reconnects while they start need not try again.
        ready.promise.then(
          ({ services }) => services.appsync.upgrade(request, socket, head),
          () => socket.destroy(),
        );
      },
    }),
    port: options.port,
    isOpen: options.host !== null,
    tls: await loadCertificate(options.data),
  });
  try {
    const serving = await serve(
      { ...options, port: listening.port, answering: options.functionPorts ? answering : null },
      store,
    );
    ready.resolve(serving);
    serving.services.start();
    return cloudOf(options.data, serving, {
      port: listening.port,
      close: closing({ listening, store, log }),
    });
  } catch (error) {
    ready.reject(error);
    await listening.close();
    throw error;
  }
}

type ServeOptions = CloudOptions & Pick<ServicesOptions, 'answering'>;

type Serving = {
  readonly services: Services;
  readonly deployments: Deployments;
  readonly routes: Routes;
  readonly serveFiles: (folder: string) => void;
};

async function serve(options: ServeOptions, store: Store): Promise<Serving> {
  const { data, port } = options;
  const folder = Promise.resolve(options.files());
  folder.catch(() => {}); // it is awaited below, after the assembly
  const assembly = await options.assembly();
  const apiKeys = () => apiKeysOf(deployments.current());
  const services = createServices({ ...options, store, apiKeys });
  const deployments = createDeployments({ data, store, port, services });
  try {
    await deployments.deploy(assembly);
    const assets = createAssets((request) => pageConfig(options, deployments.current(), request));
    const files = await folder;
    if (files !== null) assets.mount(files);
    return {
      services,
      deployments,
      routes: services.routes({ asset: assets.answer, hasPage: () => files !== null }),
      serveFiles: assets.mount,
    };
  } catch (error) {
    rmSync(join(data, 'outputs.json'), { force: true });
    await services.stop();
    throw error;
  }
}

type Listening = { readonly port: number; readonly close: () => Promise<void> };

type Open = { readonly listening: Listening; readonly store: Store; readonly log: LogFile };

function closing({ listening, store, log }: Open): () => Promise<void> {
  return async () => {
    await listening.close();
    log.close();
    store.close();
  };
}

function cloudOf(
  data: string,
  { services, deployments, serveFiles }: Serving,
  { port, close }: Listening,
): Cloud {
  const stacks = deployments.current();
  const [key = null] = apiKeysOf(stacks);
  return {
    port,
    api: hasApi(stacks) ? { key } : null,
    startedInMilliseconds: Math.round(performance.now()),
    update: async (makeAssembly) => {
      services.standBack();
      try {
        await deployments.deploy(await makeAssembly());
      } finally {
        services.takeUp();
      }
    },
    serveFiles,
    stop: async () => {
      rmSync(join(data, 'outputs.json'), { force: true });
      await services.stop();
      await close();
    },
  };
}

/** Nothing that waited for this commit was acknowledged; going on would be to forget what others were told. */
function endProcess(error: Error, outputs: string): void {
  rmSync(outputs, { force: true });
  console.error(
    `The store could not be written (${error.message}). No unsaved change was acknowledged. Free some disk space, or check the disk, and start again.`,
  );
  process.exit(1);
}
