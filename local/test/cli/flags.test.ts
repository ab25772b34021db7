import { describe, expect, test } from 'vitest';
import { parseFlags } from '../../cli/flags.ts';

describe('the command line', () => {
  test('has defaults that need no word', () => {
    expect(parseFlags([])).toEqual({
      port: 4000,
      data: '.countersign',
      assembly: null,
      testControls: false,
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
      'a',
      '--test-controls',
      '--people',
      'Ada,Grace:approvers',
    ];

    expect(parseFlags(words)).toEqual({
      port: 0,
      data: 'd',
      assembly: 'a',
      testControls: true,
      people: [
        { name: 'Ada', groups: [] },
        { name: 'Grace', groups: ['approvers'] },
      ],
      help: false,
    });
  });

  test.each([
    [['--port', '70000'], /--port takes a whole number from 0 to 65535, not '70000'/],
    [['--port', 'x'], /not 'x'/],
    [['--port', '-1'], /^--port needs a value; one that begins with a dash is written --port=-1\.$/],
    [['--port=-1'], /not '-1'/],
    [['--port='], /not ''/],
    [['--port', '1e3'], /not '1e3'/],
    [['--port'], /^--port needs a value\.$/],
    [['--prot', '1'], /^There is no flag '--prot': the flags are --port N/],
    [['-x'], /'-x'/],
    [['stray'], /'stray'.*the flags are/],
    [['--data', '--port', '5'], /^--data needs a value/],
    [['--data='], /--data takes a folder/],
    [['--assembly'], /^--assembly needs a value\.$/],
    [['--test-controls=no'], /--test-controls takes no value, so 'no'/],
  ])('refuses %j in one line', (words, sentence) => {
    expect(() => parseFlags(words)).toThrow(sentence);
    expect(() => parseFlags(words)).not.toThrow('\n');
  });
});
