import { expect, test } from 'vitest';
import { compilePattern } from '../../../services/events/pattern/eventPattern.ts';

const EVENT = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::orders', 'arn:aws:s3:::other'],
  detail: {
    bucket: { name: 'orders' },
    object: { key: 'decisions/42.json', size: 300, etag: '' },
    ip: '10.0.0.7',
    ip6: '2001:db8::1',
    reason: null,
    forced: false,
    tags: [],
    items: [
      { name: 'tea', count: 1 },
      { name: 'jam', count: 9 },
    ],
    grid: [[{ x: 1 }, { x: 2 }]],
    at: 1_700_000_000_000,
    share: 0.1234567,
    'lamp.state': 'on',
    lamp: { colour: 'red' },
  },
};

const detail = (inner: unknown) => ({ detail: inner });

test.each<[string, unknown, boolean]>([
  ['an equal value', { source: ['aws.s3'] }, true],
  ['one of several values', { source: ['aws.ec2', 'aws.s3'] }, true],
  ['another value', { source: ['aws.ec2'] }, false],
  ['the values of two fields', { source: ['aws.s3'], 'detail-type': ['Object Created'] }, true],
  ['only one of two fields', { source: ['aws.s3'], 'detail-type': ['Object Deleted'] }, false],
  ['one element of a list', { resources: ['arn:aws:s3:::other'] }, true],
  ['an inner field', detail({ bucket: { name: ['orders'] } }), true],
  ['a field inside what is no object', { source: { name: ['aws.s3'] } }, false],
  ['a number', detail({ object: { size: [300] } }), true],
  ['a number where a string is', detail({ bucket: { name: [300] } }), false],
  ['null', detail({ reason: [null] }), true],
  ['null where nothing is', detail({ missing: [null] }), false],
  ['the empty string', detail({ object: { etag: [''] } }), true],
  ['false', detail({ forced: [false] }), true],
  ['an inherited name', { toString: [{ exists: true }] }, false],
  ['a prefix', detail({ object: { key: [{ prefix: 'decisions/' }] } }), true],
  ['another prefix', detail({ object: { key: [{ prefix: 'requests/' }] } }), false],
  ['a prefix in any case', detail({ object: { key: [{ prefix: { 'equals-ignore-case': 'DEC' } }] } }), true],
  ['a suffix', detail({ object: { key: [{ suffix: '.json' }] } }), true],
  [
    'a suffix in any case',
    detail({ object: { key: [{ suffix: { 'equals-ignore-case': '.JSON' } }] } }),
    true,
  ],
  ['the same in any case', { source: [{ 'equals-ignore-case': 'AWS.S3' }] }, true],
  ['a wildcard', detail({ object: { key: [{ wildcard: 'dec*/*.json' }] } }), true],
  [
    'a wildcard that needs the same text twice',
    detail({ object: { key: [{ wildcard: 'decisions/42*42.json' }] } }),
    false,
  ],
  ['a wildcard without stars', { source: [{ wildcard: 'aws.s3' }] }, true],
  ['a star that stands for itself', { source: [{ wildcard: 'aws\\*s3' }] }, false],
  ['anything but another', { source: [{ 'anything-but': 'aws.ec2' }] }, true],
  ['anything but itself', { source: [{ 'anything-but': ['aws.ec2', 'aws.s3'] }] }, false],
  ['anything but a number', detail({ object: { size: [{ 'anything-but': 300 }] } }), false],
  ['anything but, of nothing', detail({ missing: [{ 'anything-but': 'x' }] }), false],
  ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'aws.' } }] }, false],
  ['anything but some prefixes', { source: [{ 'anything-but': { prefix: ['my.', 'your.'] } }] }, true],
  ['anything but a suffix', { source: [{ 'anything-but': { suffix: '.s3' } }] }, false],
  ['anything but in any case', { source: [{ 'anything-but': { 'equals-ignore-case': ['AWS.S3'] } }] }, false],
  ['anything but a wildcard', { source: [{ 'anything-but': { wildcard: 'aws.*' } }] }, false],
  ['a number in a range', detail({ object: { size: [{ numeric: ['>', 0, '<=', 300] }] } }), true],
  ['a number outside a range', detail({ object: { size: [{ numeric: ['>', 300, '<', 1000] }] } }), false],
  ['a number equal to another', detail({ object: { size: [{ numeric: ['=', 3e2] }] } }), true],
  ['a comparison with a string', { source: [{ numeric: ['>', 0] }] }, false],
  ['what exists', detail({ object: { key: [{ exists: true }] } }), true],
  ['what does not exist', detail({ missing: [{ exists: false }] }), true],
  ['the absence of what exists', detail({ reason: [{ exists: false }] }), false],
  ['the absence of an empty list', detail({ tags: [{ exists: false }] }), true],
  ['the existence of an object, which is no leaf', detail({ object: [{ exists: true }] }), false],
  ['the absence inside what is absent', detail({ missing: { inner: [{ exists: false }] } }), true],
  ['an address in a network', detail({ ip: [{ cidr: '10.0.0.0/24' }] }), true],
  ['an address outside a network', detail({ ip: [{ cidr: '10.0.1.0/24' }] }), false],
  ['an address of the newer kind', detail({ ip6: [{ cidr: '2001:db8::/32' }] }), true],
  ['text that is no address', { source: [{ cidr: '10.0.0.0/24' }] }, false],
  ['either of two', { $or: [{ source: ['aws.ec2'] }, detail({ forced: [false] })] }, true],
  ['neither of two', { $or: [{ source: ['aws.ec2'] }, detail({ forced: [true] })] }, false],
  ['either of two, further in', detail({ $or: [{ ip: ['::1'] }, { object: { size: [300] } }] }), true],
  ['two fields of one element', detail({ items: { name: ['jam'], count: [9] } }), true],
  ['two fields of different elements', detail({ items: { name: ['tea'], count: [9] } }), false],
  ['a field of an object in a list of lists', detail({ grid: { x: [2] } }), true],
  ['a number beyond what numeric compares', detail({ at: [{ numeric: ['>', 0] }] }), false],
  ['a number finer than what numeric compares', detail({ share: [{ numeric: ['>', 0] }] }), false],
  ['such numbers as equal values', detail({ at: [1.7e12], share: [0.1234567] }), true],
  ['an inner field by a name with dots', { 'detail.bucket': { name: ['orders'] } }, true],
  ['a field of an element by a name with dots', { 'detail.items.name': ['jam'] }, true],
  ['a field whose name has dots, in steps', detail({ lamp: { state: ['on'] } }), true],
  ['fields of both kinds', detail({ lamp: { state: ['on'], colour: ['red'] } }), true],
  ['a name with dots as it stands', detail({ 'lamp.state': ['on'] }), true],
  ['another value of such a name', detail({ 'lamp.state': ['off'] }), false],
  ['the absence of such a name', detail({ lamp: { state: [{ exists: false }] } }), false],
])('tells whether an event has %s', (_, pattern, expected) => {
  expect(compilePattern(pattern)(EVENT)).toBe(expected);
});

test.each<[unknown, string]>([
  [{ source: [{ like: 'a' }] }, 'source uses the unknown operator like'],
  [
    detail({ key: [{ 'anything-but': { exists: true } }] }),
    'anything-but at detail.key uses the unknown operator exists',
  ],
  [{ source: [{ numeric: ['!=', 1] }] }, 'numeric at source uses the unknown comparison !='],
  [
    { source: [{ numeric: ['>', 1, '<'] }] },
    'numeric at source takes one comparison or the two ends of a range',
  ],
  [{ source: [{ prefix: 1 }] }, 'prefix at source takes a string'],
  [{ source: [{ prefix: 'a', suffix: 'b' }] }, 'an entry of source must have exactly one operator'],
  [{ source: [{ exists: 'yes' }] }, 'exists at source must be true or false'],
  [
    { source: [{ cidr: '10.0.0.0/33' }] },
    'cidr at source takes an address and a prefix length, such as 10.0.0.0/24',
  ],
  [
    { source: [{ numeric: ['<', 9, '>', 1] }] },
    'numeric at source takes one comparison or the two ends of a range',
  ],
  [
    { source: [{ numeric: ['=', 1, '<', 9] }] },
    'numeric at source takes one comparison or the two ends of a range',
  ],
  [{ source: [{ numeric: ['>', 9, '<', 1] }] }, 'numeric at source has a range that ends before it begins'],
  [
    { source: [{ numeric: ['>', 5_000_000_001] }] },
    'numeric at source takes numbers between -5.0e9 and 5.0e9',
  ],
  [{ source: [{ numeric: ['>', 0.1234567] }] }, 'with at most six decimals'],
  [{ source: [{ cidr: '10.0.0.1/32' }] }, 'a single address stands without an operator'],
  [{ source: [{ cidr: '::1/128' }] }, 'a single address stands without an operator'],
  [
    { source: [{ 'anything-but': ['a', 1] }] },
    'anything-but at source takes strings or numbers, and not both',
  ],
  [{ source: [{ 'anything-but': true }] }, 'anything-but at source takes strings or numbers, and not both'],
  [{ source: [{ 'anything-but': [null] }] }, 'anything-but at source takes strings or numbers, and not both'],
  [
    { source: [{ 'anything-but': 123_456_789_012 }] },
    'anything-but at source takes numbers between -5.0e9 and 5.0e9',
  ],
  [{ source: [{ 'anything-but': { prefix: '' } }] }, 'anything-but at source has an empty prefix'],
  [{ source: [{ 'anything-but': { suffix: ['a', ''] } }] }, 'anything-but at source has an empty suffix'],
  [{ source: [{ wildcard: 'a\\' }] }, 'wildcard at source has the unknown escape \\'],
  [{ $or: { source: ['a'] } }, '$or needs a list of at least two objects'],
  [{ source: [{ wildcard: 'a**b' }] }, 'wildcard at source has two stars in a row'],
  [{ source: 'aws.s3' }, 'source must be an object or a list'],
  [{ source: [] }, 'the list at source is empty'],
  [{ source: [['aws.s3']] }, 'the list at source holds a list'],
  [{ detail: {} }, 'detail is empty'],
  [{}, 'the pattern is empty'],
  [{ $or: [{ source: ['a'] }] }, '$or needs a list of at least two objects'],
  [['source'], 'an event pattern must be an object'],
])('refuses the pattern %j', (pattern, reason) => {
  expect(() => compilePattern(pattern)).toThrow(reason);
});

test('matches a wildcard with many stars in no time', () => {
  const matches = compilePattern({ source: [{ wildcard: `${'a*'.repeat(50)}b` }] });

  expect(matches({ source: 'a'.repeat(100_000) })).toBe(false);
});
