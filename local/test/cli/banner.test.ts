import { expect, test } from 'vitest';
import { banner } from '../../cli/banner.ts';

const printed = (api: { readonly key: string | null } | null) =>
  banner({
    cloud: {
      port: 4000,
      api,
      startedInMilliseconds: 1,
      update: async () => {},
      serveFiles: () => {},
      stop: async () => {},
    },
    data: '.local-cloud',
    hasPage: false,
    examples: [{ title: 'Ask', query: '{ a }', variables: {} }],
    testControls: false,
    host: null,
  });

test('an API without a key has its addresses in the banner, and no example that would need the key', () => {
  const text = printed({ key: null });

  expect(text).toContain('  GraphQL        http://localhost:4000/graphql\n');
  expect(text).toContain('  Realtime       ws://localhost:4000/graphql/realtime\n');
  expect(text).not.toMatch(/API key|curl|null/);
});

test('the key stands beside the addresses, and an assembly without an API has neither', () => {
  expect(printed({ key: 'da2-key' })).toMatch(/GraphQL[^]*API key {8}da2-key[^]*curl/);
  expect(printed(null)).not.toMatch(/GraphQL|API key|curl/);
});
