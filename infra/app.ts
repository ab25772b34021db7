import { parseArgs } from 'node:util';
import { synthesize } from './synthesize.ts';

// What cdk.json names, and what `npm start` runs without the CLI: both write the same template.
const { values } = parseArgs({ options: { output: { type: 'string' } } });
await synthesize(values.output === undefined ? {} : { output: values.output });
