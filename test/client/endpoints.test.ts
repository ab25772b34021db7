import { expect, test } from 'vitest';
import { realtimeUrlOf } from '../../client/endpoints.ts';

test.each([
  [
    "AppSync's own host",
    'https://abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com/graphql',
    'wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.us-east-1.amazonaws.com/graphql',
  ],
  [
    "AppSync's own host in China",
    'https://abcdefghijklmnopqrstuvwxyz.appsync-api.cn-north-1.amazonaws.com.cn/graphql',
    'wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.cn-north-1.amazonaws.com.cn/graphql',
  ],
  [
    "AppSync's own host in a region with a long name",
    'https://01234567890123456789abcdef.appsync-api.us-gov-west-1.amazonaws.com/graphql',
    'wss://01234567890123456789abcdef.appsync-realtime-api.us-gov-west-1.amazonaws.com/graphql',
  ],
  ['a custom domain', 'https://api.example.com/graphql', 'wss://api.example.com/graphql/realtime'],
  ['the local cloud', 'http://localhost:4000/graphql', 'ws://localhost:4000/graphql/realtime'],
])('finds the realtime address of %s', (_name, url, realtimeUrl) => {
  expect(realtimeUrlOf(url)).toBe(realtimeUrl);
});
