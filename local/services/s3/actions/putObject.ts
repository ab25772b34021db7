import type { HttpResponse } from '../../../wire/httpMessage.ts';
import type { OnBucket } from '../bucket.ts';
import { CHECKSUMS } from '../wire/checksums.ts';
import { keptAttributes, writtenHeaders } from '../wire/objectHeaders.ts';
import { verifiedBody } from '../wire/requestBody.ts';
import { writtenObjectHeaders, writeObject } from '../records/writeObject.ts';

export function putObject(on: OnBucket): HttpResponse {
  const kept = keptAttributes(on.request);
  const { body, checksum } = verifiedBody(on.request);
  const { name, value } = checksum ?? { name: 'crc64nvme', value: CHECKSUMS.crc64nvme(body) };
  const attributes = { ...kept, [`x-amz-checksum-${name}`]: value };
  const object = writeObject(on, { body, attributes }, 'PutObject');
  return {
    status: 200,
    headers: {
      etag: `"${object.etag}"`,
      'x-amz-checksum-type': 'FULL_OBJECT',
      ...writtenHeaders(attributes),
      ...writtenObjectHeaders(on, object),
    },
    body: '',
  };
}
