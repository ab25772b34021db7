import { enableCompileCache, setSourceMapsSupport } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { useCloudPort } from '../port/useCloudPort.ts';
import type { InstanceSetup } from './protocol.ts';

const setup: InstanceSetup = workerData;
enableCompileCache(setup.cacheFolder);
// On AWS that is `NODE_OPTIONS=--enable-source-maps`; here a bundle with maps needs no more than that.
setSourceMapsSupport(true);
if (setup.cloud !== null) useCloudPort(setup.cloud.port, setup.cloud.portNumber);
const { serve } = await import('./runtime.ts');
if (parentPort !== null) await serve(parentPort, setup);
