import { isObject, type JsonObject } from '../../../ground/json.ts';
import {
  checkRange,
  readInteger,
  readTemplate,
  readTyped,
  refuseJsonPathWithin,
  type StateReader,
} from './stateReader.ts';
import type { Template } from './template.ts';

export function mapFields(reader: StateReader) {
  const { fields, pointer, language } = reader;
  checkRange(reader, 'ToleratedFailurePercentage', { minimum: 0, maximum: 100, isDecimal: true });
  if (language === 'JSONPath') refuseJsonPathWithin(fields['ItemSelector'], { reader, pointer });
  return {
    items: readItems(reader),
    itemSelector: readTemplate(reader, 'ItemSelector'),
    maxConcurrency: readInteger(reader, 'MaxConcurrency', 0),
    toleratedFailureCount: readInteger(reader, 'ToleratedFailureCount', 0),
    toleratedFailurePercentage: readTyped(reader, 'ToleratedFailurePercentage', 'number'),
    processor: parseProcessor(reader),
  };
}

function readItems(reader: StateReader): Template | null {
  const template = readTemplate(reader, 'Items');
  const value = reader.fields['Items'];
  if (template !== null && template.expression === null && !Array.isArray(value)) {
    reader.diagnostics.schema('Expected a JSONata expression or an Array', `${reader.pointer}/Items`);
  }
  return template;
}

const PROCESSORS = 'the following fields: [ItemProcessor, Iterator]';

function parseProcessor(reader: StateReader): number {
  const { fields, diagnostics, pointer, addScope } = reader;
  const name = fields['ItemProcessor'] === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = fields[name];
  if (!isObject(processor)) {
    if (processor === undefined)
      diagnostics.schema(`This object should have only one of ${PROCESSORS}`, pointer);
    else diagnostics.schema('Expected value of type Object', `${pointer}/${name}`);
    return 0;
  }
  if (fields['ItemProcessor'] !== undefined && fields['Iterator'] !== undefined) {
    diagnostics.schema(`There should only be one of ${PROCESSORS}`, pointer);
  }
  const place = `${pointer}/${name}`;
  checkProcessor(processor, place, reader);
  return addScope(processor, place);
}

function checkProcessor(processor: JsonObject, place: string, { diagnostics }: StateReader): void {
  const config = processor['ProcessorConfig'];
  if (config === undefined) return;
  const mode = isObject(config) ? (config['Mode'] ?? 'INLINE') : config;
  if (mode === 'DISTRIBUTED') {
    diagnostics.schema('The local Step Functions does not run distributed Maps: use the mode INLINE', place);
  } else if (mode !== 'INLINE') {
    diagnostics.schema(
      'Value should be one of the following: [INLINE, DISTRIBUTED]',
      `${place}/ProcessorConfig/Mode`,
    );
  }
}
