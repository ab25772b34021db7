import { notImplemented } from '../errors.ts';
import { content, elements, malformed, rootOf } from './flatXml.ts';

export type ToDelete = { readonly key: string; readonly version: string | null; readonly ifMatch: string };

export type DeleteRequest = { readonly objects: readonly ToDelete[]; readonly quiet: boolean };

const MAX_OBJECTS = 1000;

/** The body of DeleteObjects. */
export function parseDeleteRequest(text: string): DeleteRequest {
  const objects: ToDelete[] = [];
  let quiet = false;
  for (const [name, inner] of elements(rootOf(text, 'Delete'))) {
    if (name === 'Object') objects.push(parseObject(inner));
    else if (name === 'Quiet') quiet = content(inner) === 'true';
    else throw malformed();
  }
  if (objects.length === 0 || objects.length > MAX_OBJECTS) throw malformed();
  return { objects, quiet };
}

function parseObject(inner: string): ToDelete {
  const fields = new Map(elements(inner));
  const key = content(fields.get('Key') ?? '');
  if (key === '') throw malformed();
  if (fields.has('LastModifiedTime') || fields.has('Size')) {
    throw notImplemented('Deleting by the time or size of an object');
  }
  const version = fields.get('VersionId');
  return {
    key,
    version: version === undefined ? null : content(version),
    ifMatch: content(fields.get('ETag') ?? ''),
  };
}
