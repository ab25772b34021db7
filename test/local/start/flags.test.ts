import { describe, expect, test } from 'vitest';
import { parseFlags } from '../../../local/start/flags.ts';

describe('the command line', () => {
  test('has defaults that need no word', () => {
    expect(parseFlags([])).toEqual({
      port: 4000,
      data: '.countersign',
      assembly: null,
      testControls: false,
      help: false,
    });
  });

  test('reads every flag', () => {
    const words = ['--port', '0', '--data', 'd', '--assembly', 'a', '--test-controls'];

    expect(parseFlags(words)).toEqual({ port: 0, data: 'd', assembly: 'a', testControls: true, help: false });
  });

  test.each([
    [['--port', '70000'], /--port takes a whole number from 0 to 65535, not '70000'/],
    [['--port', 'x'], /not 'x'/],
    [['--prot', '1'], /'--prot'.*The flags are --port N/],
    [['--data='], /--data takes a folder/],
    [['stray'], /stray.*The flags are/],
    [['--port'], /The flags are/],
  ])('refuses %j in one line', (words, sentence) => {
    expect(() => parseFlags(words)).toThrow(sentence);
    expect(() => parseFlags(words)).not.toThrow('\n');
  });
});
