import { cdk } from './cdk.ts';
import { FLAG, parseCdkWords, VALUE } from './parseCdkWords.ts';
import { runCommand } from './runCommand.ts';
import { signIn } from './signIn.ts';

// `npm run diff [-- -c NAME=VALUE …]`: what a deployment would change.

const OF_CDK = { region: VALUE, 'security-only': FLAG, fail: FLAG } as const;

await runCommand({
  usage:
    'npm run diff [-- -c NAME=VALUE …] [--security-only] [--fail] [--profile NAME] [--region NAME]: shows what a deployment would change.',
  run: async (words) => {
    const { context, forCdk } = parseCdkWords(words, { command: 'npm run diff', ofCdk: OF_CDK, own: {} });
    await signIn();
    await cdk('diff', ...context, ...forCdk);
  },
});
