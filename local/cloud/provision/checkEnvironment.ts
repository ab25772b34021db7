import type { Resource } from '../assembly/evaluateStacks.ts';
import { parseObject } from '../../ground/json.ts';
import { refuseValue } from './refuse.ts';

const MAX_ENVIRONMENT_BYTES = 4096;

const NAME = /^[a-zA-Z]\w+$/;

/** Lambda's guide: "The keys for these environment variables are reserved and cannot be set in your function configuration." */
const RESERVED = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
];

/** Stops the start for environment variables that Lambda refuses. */
export function checkEnvironment(resource: Resource): void {
  const variables = Object.entries(parseObject(parseObject(resource.properties['Environment'])['Variables']));
  for (const [name] of variables) {
    if (RESERVED.includes(name))
      refuseValue(resource, `the environment variable ${name} is reserved: Lambda sets it.`);
    if (!NAME.test(name))
      refuseValue(
        resource,
        `the environment variable '${name}' must begin with a letter and hold letters, digits and underscores, two characters at least.`,
      );
  }
  const bytes = variables.reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}${value}`), 0);
  if (bytes > MAX_ENVIRONMENT_BYTES)
    refuseValue(
      resource,
      `the environment variables must have at most ${MAX_ENVIRONMENT_BYTES} bytes; they have ${bytes}.`,
    );
}
