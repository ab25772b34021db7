import { auditServer } from 'graphql-http';
import { describe, expect, test } from 'vitest';
import { API_KEY } from '../../local/test/services/appsync/support/apiDefinition.ts';
import { startOrderApi } from './support.ts';

describe('the audits of graphql-http', () => {
  test('find no error', async () => {
    const api = await startOrderApi();

    const results = await auditServer({
      url: api.graphqlUrl,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, {
          ...init,
          headers: { ...Object.fromEntries(new Headers(init.headers)), 'x-api-key': API_KEY },
        }),
    });

    const errors = results.filter(({ status }) => status === 'error');
    expect(errors.map((error) => `${error.id} ${error.name}`)).toEqual([]);
    expect(results.length).toBeGreaterThan(50);
  });
});
