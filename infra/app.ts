import { parseArgs } from 'node:util';
import { BundleFailed } from './bundle/runBundler.ts';
import { BadSetting } from './settings.ts';
import { synthesize, type Synthesis } from './synthesize.ts';

// What cdk.json names, and what `npm start` runs without the CLI: both write the same template.
const { values } = parseArgs({ options: { output: { type: 'string' } } });
try {
  const isForDeployment = process.env['CDK_CLI_VERSION'] !== undefined; // the CLI sets it, and `npm start` does not
  const onWarning: Synthesis['onWarning'] = (sentence, about) => {
    if (isForDeployment || about === 'sources') console.error(`Warning: ${sentence}`);
  };
  await synthesize({ onWarning, ...(values.output === undefined ? {} : { output: values.output }) });
} catch (error) {
  const isMistake = error instanceof BadSetting || error instanceof BundleFailed;
  console.error(isMistake ? error.message : error);
  process.exitCode = 1;
}
