import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { join, resolve } from 'node:path';
import { MAX_ORDER_ID_CHARACTERS, ORDER_ID_PATTERN } from '../functions/order/limits.ts';
import { BadCommand, readOutputs, regionOf } from './outputs.ts';
import { parseWords } from './parseWords.ts';
import { moveDeadLetters } from './moveDeadLetters.ts';
import { redriveExecutions } from './redriveExecutions.ts';
import { runCommand } from './runCommand.ts';
import { useLocalCloud } from './useLocalCloud.ts';

// `npm run redrive [-- --outputs FILE] [ORDER_ID …]`: gives the dead letters back to their queues, or runs the failed
// executions of some orders again from the state in which they failed.

const ROOT = join(import.meta.dirname, '..');

async function redrive(words: readonly string[]): Promise<void> {
  const { options, positionals: orderIds } = parseWords(words, ['outputs']);
  for (const orderId of orderIds) refuseUnlessOrderId(orderId);
  const file = resolve(options.outputs ?? join(ROOT, 'outputs.json'));
  const outputs = readOutputs(file);
  useLocalCloud(file, outputs);
  const region = regionOf(outputs);
  if (orderIds.length === 0) return console.log(await moveDeadLetters(new SQSClient({ region }), outputs));
  const results = redriveExecutions(new SFNClient({ region }), outputs, orderIds);
  for await (const { sentence, isRedriven } of results) {
    console.log(sentence);
    if (!isRedriven) process.exitCode = 1;
  }
}

function refuseUnlessOrderId(text: string): void {
  if (!new RegExp(ORDER_ID_PATTERN).test(text))
    throw new BadCommand(
      `${JSON.stringify(text)} is not an order id: use 1 to ${MAX_ORDER_ID_CHARACTERS} characters from A-Z, a-z, 0-9, _ and -. No execution was redriven.`,
    );
}

await runCommand(() => redrive(process.argv.slice(2)));
