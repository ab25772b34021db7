import type { HttpResponse } from '../../../wire/httpMessage.ts';
import { element } from '../../../wire/xml.ts';
import type { OnBucket } from '../bucket.ts';
import { deleteKey } from '../records/deleteKey.ts';
import { parseDeleteRequest, type ToDelete } from '../wire/deleteRequest.ts';
import { accessDenied, invalidRequest, S3Error } from '../errors.ts';
import { verifiedBody } from '../wire/requestBody.ts';
import { checkKey } from '../wire/s3Request.ts';
import { xmlAnswer } from '../records/writeObject.ts';

export function deleteObjects(on: OnBucket): HttpResponse {
  const { body, checksum } = verifiedBody(on.request);
  if (checksum === null && on.request.header('content-md5') === '') {
    throw invalidRequest('Missing required header for this request: Content-MD5');
  }
  const { objects, quiet } = parseDeleteRequest(body.toString('utf8'));
  const answers = objects.map((object) => deleteOne(on, object, quiet));
  return xmlAnswer('DeleteResult', answers.join(''));
}

function deleteOne(on: OnBucket, object: ToDelete, quiet: boolean): string {
  try {
    refuseForbidden(on, object);
    const { marker, versionId } = deleteKey(on, { ...object, key: checkKey(object.key) });
    if (quiet) return '';
    const names = element('Key', object.key) + element('VersionId', object.version);
    const markerXml = marker
      ? `<DeleteMarker>true</DeleteMarker>${element('DeleteMarkerVersionId', versionId)}`
      : '';
    return `<Deleted>${names}${markerXml}</Deleted>`;
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const names = element('Key', object.key) + element('VersionId', object.version);
    return `<Error>${names}${element('Code', error.type)}${element('Message', error.message)}</Error>`;
  }
}

/** The condition on the ETag stands in the body, and policies see it as they see the header. */
function refuseForbidden({ bucket, request }: OnBucket, { key, version, ifMatch }: ToDelete): void {
  const action = version === null ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  const header = (name: string) => (name === 'if-match' ? ifMatch : request.header(name));
  const access = { action, resource: `arn:aws:s3:::${bucket.name}/${key}` };
  if (bucket.forbids(access, { ...request, key, header })) throw accessDenied();
}
