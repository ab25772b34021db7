/** A batch of SQS: message `m1` and so on, each with a body of its own. */
export const batchOf = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, index) => ({ messageId: `m${index + 1}`, body: JSON.stringify(body) })),
});

/** What S3 sends to a queue when objects were created. */
export const createdBody = (...keys: readonly string[]) => ({
  Records: keys.map((key) => ({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: { bucket: { name: 'records' }, object: { key, size: 1, eTag: 'e', sequencer: '1' } },
  })),
});

/** What EventBridge sends to a queue when an execution has ended. */
export const endedBody = (name: string, status: string) => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  detail: { name, status },
});
