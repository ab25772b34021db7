import { describe, expect, test } from 'vitest';
import { parseFlags as parse } from '../../cli/flags.ts';

const parseFlags = (words: readonly string[]) =>
  parse(words, { name: 'An app', command: 'npm start --', data: '.countersign', from: '/home/ada' });

describe('the command line', () => {
  test('has defaults that need no word', () => {
    expect(parseFlags([])).toEqual({
      port: 4000,
      data: '.countersign',
      assembly: null,
      static: null,
      context: {},
      host: null,
      testControls: false,
      functionPorts: true,
      people: [],
      help: false,
    });
  });

  test('reads every flag', () => {
    const words = [
      '--port',
      '0',
      '--data',
      'd',
      '--assembly',
      '/a',
      '--static',
      '../s',
      '--host',
      '192.168.1.5',
      '--test-controls',
      '--no-port',
      '--people',
      'Ada,Grace:approvers',
    ];

    expect(parseFlags(words)).toEqual({
      port: 0,
      data: '/home/ada/d',
      assembly: '/a',
      static: '/home/s',
      context: {},
      host: '192.168.1.5',
      testControls: true,
      functionPorts: false,
      people: [
        { name: 'Ada', groups: [] },
        { name: 'Grace', groups: ['approvers'] },
      ],
      help: false,
    });
  });

  test.each([
    [['--port', '70000'], /--port must be a whole number from 0 to 65535; got '70000'/],
    [['--port', 'x'], /got 'x'/],
    [['--port', '-1'], /^--port needs a value; one that begins with a dash is written --port=-1\.$/],
    [['--port=-1'], /got '-1'/],
    [['--port='], /got ''/],
    [['--port', '1e3'], /got '1e3'/],
    [['--port'], /^--port needs a value\.$/],
    [['--prot', '1'], /^There is no flag '--prot': the flags are --port N/],
    [['-x'], /'-x'/],
    [['stray'], /'stray'.*the flags are/],
    [['4312'], /^There is no flag '4312'.*With npm, flags follow two dashes: npm start -- --port N\.$/],
    [['-c'], /^-c needs a value\.$/],
    [['-c', 'deadlineHours'], /^-c must be NAME=VALUE, such as deadlineHours=48; got 'deadlineHours'\.$/],
    [['-c', 'a=1', '--assembly', 'x'], /^-c a=1 has no effect with --assembly/],
    [['--host', 'http://x'], /^--host must be one name or address without a port/],
    [['--host', 'x:4000'], /got 'x:4000'/],
    [['--data', '--port', '5'], /^--data needs a value/],
    [['--data='], /--data must name a folder/],
    [['--assembly'], /^--assembly needs a value\.$/],
    [['--test-controls=no'], /--test-controls takes no value; got 'no'/],
  ])('refuses %j in one line', (words, sentence) => {
    expect(() => parseFlags(words)).toThrow(sentence);
    expect(() => parseFlags(words)).not.toThrow('\n');
  });
});
