import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { parseOrderIds } from './orderIds.ts';
import { regionOf } from './outputs.ts';
import { parseWords } from './parseWords.ts';
import { moveDeadLetters } from './moveDeadLetters.ts';
import { redriveExecutions } from './redriveExecutions.ts';
import { reachDeployment } from './reachDeployment.ts';
import { runCommand } from './runCommand.ts';

// `npm run redrive [-- --outputs FILE] [ORDER_ID …]`: gives the dead letters back to their queues, or runs the failed
// executions of some orders again from the state in which they failed.

const GRAMMAR = {
  command: 'npm run redrive',
  options: { outputs: { takes: 'a value' } },
  others: { most: Infinity, are: 'order ids' },
} as const;

async function redrive(words: readonly string[]): Promise<void> {
  const { given, others } = parseWords(words, GRAMMAR);
  const orderIds = parseOrderIds(others, 'No execution was redriven.');
  const outputs = reachDeployment(given.outputs?.[0]);
  const region = regionOf(outputs);
  if (orderIds.length === 0) return console.log(await moveDeadLetters(new SQSClient({ region }), outputs));
  const results = redriveExecutions(new SFNClient({ region }), outputs, orderIds);
  for await (const { sentence, isRedriven } of results) {
    console.log(sentence);
    if (!isRedriven) process.exitCode = 1;
  }
}

await runCommand({
  usage:
    'npm run redrive [-- --outputs FILE] [ORDER_ID …]: gives the dead letters back to their queues, or redrives the failed executions of these orders.',
  run: redrive,
});
