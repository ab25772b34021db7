import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { InstanceSetup } from './protocol.ts';

const setup: InstanceSetup = workerData;
enableCompileCache(setup.cacheFolder);
const { serve } = await import('./runtime.ts');
if (parentPort !== null) await serve(parentPort, setup);
