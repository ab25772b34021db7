import { isObject } from '../../../ground/json.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import type { DataSourceDefinition } from '../appsync.ts';
import { FieldError } from '../errors.ts';
import type { BatchCollector } from './batchCollector.ts';
import { answered, invokeLambda, type InvokeFunction, type SourceAnswer } from './invokeLambda.ts';

export type SourceCall = {
  readonly source: DataSourceDefinition;
  /** What the request handler returned. */
  readonly request: unknown;
  readonly resolver: string;
  readonly maxBatchSize: number;
  readonly lambda: Pick<Lambda, 'invokeLater'>;
  readonly invoke: InvokeFunction;
  readonly batches: BatchCollector;
};

type LambdaCall = SourceCall & {
  readonly source: Extract<DataSourceDefinition, { type: 'AWS_LAMBDA' }>;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** Hands a request to its data source. Throws FieldError for a request that the data source does not understand. */
export async function callDataSource(call: SourceCall): Promise<SourceAnswer> {
  const { source, request } = call;
  const fields = isObject(request) ? request : {};
  if (source.type === 'NONE') return answered(fields['payload'] ?? null);
  return operationOf(fields['operation'])({ ...call, source, fields });
}

const OPERATIONS = { Invoke: invokeOne, BatchInvoke: batchInvoke };

function operationOf(operation: unknown): (call: LambdaCall) => Promise<SourceAnswer> {
  if (operation === 'Invoke' || operation === 'BatchInvoke') return OPERATIONS[operation];
  if (operation === undefined || operation === null)
    throw misunderstood(`Value for field '$[operation]' not found.`);
  throw misunderstood(
    `Unsupported operation '${String(operation)}'. Lambda data sources take Invoke and BatchInvoke.`,
  );
}

async function invokeOne({ lambda, invoke, source, fields }: LambdaCall): Promise<SourceAnswer> {
  const { invocationType = 'RequestResponse', payload = null } = fields;
  if (invocationType === 'RequestResponse') return invokeLambda(invoke, source.functionArn, payload);
  if (invocationType !== 'Event')
    throw misunderstood(
      `Unsupported invocationType '${String(invocationType)}'. It is RequestResponse or Event.`,
    );
  lambda.invokeLater(source.functionArn, JSON.stringify(payload));
  return answered(null);
}

function batchInvoke({ batches, source, fields, resolver, maxBatchSize }: LambdaCall): Promise<SourceAnswer> {
  const { functionArn } = source;
  return batches.call({ functionArn, resolver, maxBatchSize, payload: fields['payload'] ?? null });
}

function misunderstood(message: string): FieldError {
  return new FieldError({ message, errorType: 'MappingTemplate' });
}
