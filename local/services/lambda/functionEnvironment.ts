import { REGION } from '../../ground/account.ts';
import type { FunctionDefinition } from './lambda.ts';

export type EnvironmentOptions = {
  readonly taskRoot: string;
  readonly logStream: string;
  /** What every function gets from the cloud: credentials and endpoints. */
  readonly shared: Readonly<Record<string, string>>;
};

/** The variables of a function: those of the template, those of Lambda, those of this cloud; none of the host. */
export function functionEnvironment(
  definition: FunctionDefinition,
  { taskRoot, logStream, shared }: EnvironmentOptions,
): Readonly<Record<string, string>> {
  return {
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    ...definition.environment,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    ...loggingVariables(definition),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: definition.handler,
    ...shared,
  };
}

function loggingVariables({ logging }: FunctionDefinition): Record<string, string> {
  if (logging.format === 'Text') return { AWS_LAMBDA_LOG_FORMAT: 'Text' };
  return { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: logging.level };
}
