import type { HttpResponse } from '../../wire/httpMessage.ts';
import { abortMultipartUpload } from './actions/abortMultipartUpload.ts';
import { completeMultipartUpload } from './actions/completeMultipartUpload.ts';
import { copyObject } from './actions/copyObject.ts';
import { createMultipartUpload } from './actions/createMultipartUpload.ts';
import { deleteObject } from './actions/deleteObject.ts';
import { deleteObjects } from './actions/deleteObjects.ts';
import { getBucketLocation } from './actions/getBucketLocation.ts';
import { getBucketVersioning } from './actions/getBucketVersioning.ts';
import { getObject } from './actions/getObject.ts';
import { getObjectAttributes } from './actions/getObjectAttributes.ts';
import { headBucket } from './actions/headBucket.ts';
import { listMultipartUploads } from './actions/listMultipartUploads.ts';
import { listObjectVersions } from './actions/listObjectVersions.ts';
import { listObjects } from './actions/listObjects.ts';
import { listObjectsV2 } from './actions/listObjectsV2.ts';
import { listParts } from './actions/listParts.ts';
import { putObject } from './actions/putObject.ts';
import { uploadPart } from './actions/uploadPart.ts';
import type { OnBucket } from './bucket.ts';
import { methodNotAllowed, notImplemented, type S3Error } from './errors.ts';
import type { S3Request } from './wire/s3Request.ts';

export type Operation = {
  /** The IAM action that the bucket's policy is asked for; null when the operation asks for each object itself. */
  readonly permission: string | null;
  readonly run: (on: OnBucket) => HttpResponse;
};

/** The S3 operations on a bucket or an object; ListBuckets is the only other. */
export const S3_OPERATIONS = {
  PutObject: { permission: 's3:PutObject', run: putObject },
  CopyObject: { permission: 's3:PutObject', run: copyObject },
  CreateMultipartUpload: { permission: 's3:PutObject', run: createMultipartUpload },
  UploadPart: { permission: 's3:PutObject', run: uploadPart },
  CompleteMultipartUpload: { permission: 's3:PutObject', run: completeMultipartUpload },
  AbortMultipartUpload: { permission: 's3:AbortMultipartUpload', run: abortMultipartUpload },
  ListParts: { permission: 's3:ListMultipartUploadParts', run: listParts },
  ListMultipartUploads: { permission: 's3:ListBucketMultipartUploads', run: listMultipartUploads },
  GetObject: { permission: 's3:GetObject', run: getObject },
  GetObjectAttributes: { permission: 's3:GetObjectAttributes', run: getObjectAttributes },
  HeadObject: { permission: 's3:GetObject', run: getObject },
  DeleteObject: { permission: 's3:DeleteObject', run: deleteObject },
  DeleteObjects: { permission: null, run: deleteObjects },
  ListObjects: { permission: 's3:ListBucket', run: listObjects },
  ListObjectsV2: { permission: 's3:ListBucket', run: listObjectsV2 },
  ListObjectVersions: { permission: 's3:ListBucketVersions', run: listObjectVersions },
  HeadBucket: { permission: 's3:ListBucket', run: headBucket },
  GetBucketLocation: { permission: 's3:GetBucketLocation', run: getBucketLocation },
  GetBucketVersioning: { permission: 's3:GetBucketVersioning', run: getBucketVersioning },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof S3_OPERATIONS;

/** Query parameters that make an operation on a subresource of what the path names. */
const SUBRESOURCES = [
  'abac accelerate acl analytics append attributes cors encryption intelligent-tiering inventory legal-hold',
  'lifecycle location logging metadataConfiguration metadataInventoryTable metadataJournalTable metadataTable',
  'metrics notification object-lock ownershipControls policy policyStatus publicAccessBlock',
  'renameObject replication requestPayment restore retention select select-type session tagging torrent uploadId',
  'uploads versioning versions website delete',
].flatMap((line) => line.split(' '));

const ON_SUBRESOURCE: Readonly<Record<string, OperationName>> = {
  'GET bucket location': 'GetBucketLocation',
  'GET bucket versioning': 'GetBucketVersioning',
  'GET bucket versions': 'ListObjectVersions',
  'GET object attributes': 'GetObjectAttributes',
  'POST object uploads': 'CreateMultipartUpload',
  'PUT object uploadId': 'UploadPart',
  'POST object uploadId': 'CompleteMultipartUpload',
  'DELETE object uploadId': 'AbortMultipartUpload',
  'GET object uploadId': 'ListParts',
  'GET bucket uploads': 'ListMultipartUploads',
  'POST bucket delete': 'DeleteObjects',
};
const ON_PATH: Readonly<Record<string, OperationName>> = {
  'HEAD bucket': 'HeadBucket',
  'GET object': 'GetObject',
  'HEAD object': 'HeadObject',
  'PUT object': 'PutObject',
  'DELETE object': 'DeleteObject',
};

export function operationOf(request: S3Request): OperationName {
  const { method, key, query } = request;
  const place = `${method} ${key === '' ? 'bucket' : 'object'}`;
  const subresource = SUBRESOURCES.find((name) => query.has(name));
  if (subresource !== undefined) {
    const known = ON_SUBRESOURCE[`${place} ${subresource}`];
    if (known === undefined)
      throw notImplemented(`${method} of an S3 ${key === '' ? 'bucket' : 'object'} with ?${subresource}`);
    return known;
  }
  if (place === 'GET bucket') return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
  const operation = ON_PATH[place];
  if (operation === undefined) throw refusedOperation(place, request);
  if (operation !== 'PutObject' || request.header('x-amz-copy-source') === '') return operation;
  return 'CopyObject';
}

function refusedOperation(place: string, { method, key }: S3Request): S3Error {
  const known = REFUSED[place];
  return known === undefined
    ? methodNotAllowed(method, key === '' ? 'BUCKET' : 'OBJECT')
    : notImplemented(known);
}

const REFUSED: Readonly<Record<string, string>> = {
  'PUT bucket': 'CreateBucket (buckets come from the template)',
  'DELETE bucket': 'DeleteBucket (buckets come from the template)',
  'POST bucket': 'PostObject (uploads from HTML forms)',
};
