import type { HandlerEnd, HandlerRuntime } from '../../../../local/appsync/execution/handlerRuntime.ts';

/** Stand-in. */
export const plainRuntime: HandlerRuntime = {
  check: () => [],
  load: ({ text }) => {
    const source = text.replaceAll(/^\s*import .*$/gm, '').replaceAll('export function', 'function');
    const make = new Function('util', 'extensions', 'runtime', `${source}; return { request, response };`);
    return {
      call: (handler, context) => {
        const ctx = JSON.parse(JSON.stringify(context));
        const appended: any[] = [];
        const calls: any[] = [];
        const ended = (end: HandlerEnd) => ({
          end,
          stash: ctx.stash,
          appended,
          extensions: calls,
          responseHeaders: {},
        });
        const error = (message: string, errorType = null, data = null, errorInfo = null) => ({
          message,
          errorType,
          data,
          errorInfo,
        });
        const thrown = (end: HandlerEnd) => Object.assign(new Error('end'), { end });
        const util = {
          error: (...all: [string]) => {
            throw thrown({ kind: 'error', error: error(...all) });
          },
          appendError: (...all: [string]) => void appended.push(error(...all)),
          unauthorized: () => {
            throw thrown({
              kind: 'error',
              error: error(
                `Not Authorized to access ${ctx.info.fieldName} on type ${ctx.info.parentTypeName}`,
                'Unauthorized' as never,
              ),
            });
          },
        };
        const extension = (name: string) => (argument: unknown) => void calls.push({ name, argument });
        const extensions = {
          setSubscriptionFilter: extension('setSubscriptionFilter'),
          setSubscriptionInvalidationFilter: extension('setSubscriptionInvalidationFilter'),
          invalidateSubscriptions: extension('invalidateSubscriptions'),
        };
        const runtime = {
          earlyReturn: (value: unknown, { skipTo = 'NEXT' as 'NEXT' | 'END' } = {}) => {
            throw thrown({ kind: 'earlyReturn', value, skipTo });
          },
        };
        try {
          const value = make(util, extensions, runtime)[handler](ctx);
          return ended({ kind: 'result', value: value ?? null });
        } catch (problem) {
          const end = (problem as { end?: HandlerEnd }).end;
          if (end === undefined) throw problem;
          return ended(end);
        }
      },
    };
  },
};
