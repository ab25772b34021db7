import type { Plugin } from 'esbuild';

/**
 * Loads Node's own modules without their ES facades. An `import` of `node:http` or `node:process` reads each of its
 * exports, and some of them load whole subsystems when they are read (`WebSocket` loads undici): 28 ms of a cold start.
 */
export const quickBuiltins: Plugin = {
  name: 'quick-builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin' }));
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};
