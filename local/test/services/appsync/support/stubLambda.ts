import type { Lambda } from '../../../../services/lambda/lambda.ts';

type Answer = unknown | Promise<unknown>;

/** Lambda without functions: `answers` stands for what they would do. Throwing is failing. */
export type StubLambda = Lambda & {
  readonly events: unknown[];
  readonly later: unknown[];
  answer: (event: unknown) => Answer;
};

export function stubLambda(): StubLambda {
  const events: unknown[] = [];
  const later: unknown[] = [];
  const stub: StubLambda = {
    events,
    later,
    answer: () => null,
    define: () => {},
    configureAsync: () => {},
    exists: (name) => name.endsWith(':worker'),
    invoke: async (_name, payload) => {
      events.push(JSON.parse(payload));
      try {
        const answer = await stub.answer(JSON.parse(payload));
        return { payload: JSON.stringify(answer ?? null), functionError: null, requestId: 'request' };
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        const document = { errorType: name, errorMessage: message, trace: [] };
        return { payload: JSON.stringify(document), functionError: 'Unhandled', requestId: 'request' };
      }
    },
    invokeLater: (_name, payload) => void later.push(JSON.parse(payload)),
    start: () => {},
    stop: async () => {},
    handle: () => ({ status: 404, headers: {}, body: '' }),
  };
  return stub;
}
