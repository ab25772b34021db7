import type { Template } from '../changeTemplate.ts';

/** A dangerous change of the template, and the sentence that says so. */
export type Danger = readonly [what: string, change: (template: Template) => void, sentence: RegExp];
