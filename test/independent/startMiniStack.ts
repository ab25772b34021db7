import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type MiniStack = {
  /** What the AWS SDKs and the CDK CLI need to reach it, as the root of its account. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: string;
  /** Rejects when it ends, or has not started after a minute. */
  readonly ready: Promise<void>;
  readonly stop: () => Promise<void>;
};

const MAX_START_SECONDS = 60;
const LAUNCHER = join(import.meta.dirname, 'corrected_ministack.py');

/** MiniStack on a port of its own, on loopback, with signatures checked, IAM policies enforced and TLS. */
export function startMiniStack(python: string, folder: string): MiniStack {
  const port = randomInt(20_000, 32_000); // below the ports that systems give away
  const log = join(folder, 'ministack.log');
  const temporary = join(folder, 'tmp');
  const certificate = join(temporary, 'ministack-tls/server.crt');
  mkdirSync(temporary);
  const file = openSync(log, 'a'); // its own end of the file: this process waits for others meanwhile
  const child = spawn(python, [LAUNCHER], {
    stdio: ['ignore', file, file],
    env: {
      // Its functions run with the Node of this process.
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: folder,
      TMPDIR: temporary,
      NODE_EXTRA_CA_CERTS: certificate,
      AUTH: 'true',
      USE_SSL: '1',
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      EDGE_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      LOG_LEVEL: 'INFO',
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 's3'),
    },
  });
  return {
    ready: untilReady(child, port, certificate),
    environment: {
      AWS_ENDPOINT_URL: `https://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      AWS_CA_BUNDLE: certificate,
      NODE_EXTRA_CA_CERTS: certificate,
    },
    log,
    stop: async () => {
      if (child.exitCode === null && child.kill()) await once(child, 'exit');
      closeSync(file);
    },
  };
}

async function untilReady(child: ChildProcess, port: number, certificate: string): Promise<void> {
  for (let waited = 0; waited < MAX_START_SECONDS; waited += 1) {
    if (child.exitCode !== null) break;
    if (existsSync(certificate) && (await accepts(port))) return;
    await pause(1_000);
  }
  child.kill();
  throw new Error('MiniStack did not start; the end of its log is above.');
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
