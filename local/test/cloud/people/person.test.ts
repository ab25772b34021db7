import { expect, test } from 'vitest';
import { parsePeople } from '../../../cloud/people/person.ts';

test('people are names with their groups', () => {
  expect(parsePeople('Ada, Grace:approvers:admins')).toEqual([
    { name: 'Ada', groups: [] },
    { name: 'Grace', groups: ['approvers', 'admins'] },
  ]);
});

test.each([
  ['', '--people takes names and groups of 1 to 64 characters, such as Ada,Grace:approvers; got "".'],
  ['Ada:', '--people takes names and groups of 1 to 64 characters, such as Ada,Grace:approvers; got "".'],
  ['Ada,Ada', '--people names each person once; got "Ada" twice.'],
])('"%s" is refused with a sentence', (text, sentence) => {
  expect(parsePeople(text)).toBe(sentence);
});
