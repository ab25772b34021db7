import { headerNotImplemented, noSuchKey, preconditionFailed } from '../errors.ts';
import type { ObjectSummary } from '../records/objectRow.ts';
import { lastModified } from '../records/revision.ts';
import type { S3Request } from './s3Request.ts';

/** Whether a reader's copy is still good (304), its conditions fail (412, thrown), or it gets the object. */
export function refuseOrNotModified(request: S3Request, object: ObjectSummary): 'read' | 'notModified' {
  const conditions = readConditions(request, '');
  const failed = failedReadCondition(conditions, object);
  if (failed !== null) throw preconditionFailed(failed);
  return isUnchanged(conditions, object) ? 'notModified' : 'read';
}

/** A copy is made, or its conditions fail: there is nothing like 304 for it. */
export function checkCopySource(request: S3Request, object: ObjectSummary): void {
  const conditions = readConditions(request, 'x-amz-copy-source-');
  const failed = failedReadCondition(conditions, object);
  if (failed !== null) throw preconditionFailed(`x-amz-copy-source-${failed}`);
  if (isUnchanged(conditions, object)) throw preconditionFailed('x-amz-copy-source-If-None-Match');
}

/** Conditional writes; one process decides about all of them, so that 409 ConditionalRequestConflict never comes. */
export function checkWrite(request: S3Request, current: ObjectSummary | null): void {
  const ifNoneMatch = request.header('if-none-match');
  const ifMatch = request.header('if-match');
  if (ifNoneMatch !== '' && (ifNoneMatch !== '*' || ifMatch !== ''))
    throw headerNotImplemented('If-None-Match');
  if (ifMatch === '*') throw headerNotImplemented('If-Match');
  if (ifNoneMatch === '*' && current !== null) throw preconditionFailed('If-None-Match');
  if (ifMatch !== '') checkMatch(ifMatch, current, request.key);
}

/** Conditional deletes: `*` asks that there be an object. Measured on S3: an absent key is 404 for both forms. */
export function checkDelete(ifMatch: string, current: ObjectSummary | null, key: string): void {
  if (ifMatch !== '') checkMatch(ifMatch, current, key);
}

function checkMatch(ifMatch: string, current: ObjectSummary | null, key: string): void {
  if (current === null) throw noSuchKey(key);
  if (!etagListed(ifMatch, current.etag)) throw preconditionFailed('If-Match');
}

type ReadConditions = {
  readonly match: string;
  readonly noneMatch: string;
  readonly modifiedSince: number;
  readonly unmodifiedSince: number;
};

function readConditions({ header }: S3Request, prefix: string): ReadConditions {
  return {
    match: header(`${prefix}if-match`),
    noneMatch: header(`${prefix}if-none-match`),
    modifiedSince: Date.parse(header(`${prefix}if-modified-since`)),
    unmodifiedSince: Date.parse(header(`${prefix}if-unmodified-since`)),
  };
}

/** If-Match that holds makes If-Unmodified-Since irrelevant. */
function failedReadCondition(conditions: ReadConditions, object: ObjectSummary): string | null {
  if (conditions.match !== '') return etagListed(conditions.match, object.etag) ? null : 'If-Match';
  return lastModified(object) > conditions.unmodifiedSince ? 'If-Unmodified-Since' : null;
}

/** If-None-Match makes If-Modified-Since irrelevant. An unreadable date is NaN and compares as false. */
function isUnchanged(conditions: ReadConditions, object: ObjectSummary): boolean {
  if (conditions.noneMatch !== '') return etagListed(conditions.noneMatch, object.etag);
  return lastModified(object) <= conditions.modifiedSince;
}

function etagListed(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((given) =>
      given
        .trim()
        .replace(/^W\//, '')
        .replace(/^"(.*)"$/, '$1'),
    )
    .some((given) => given === '*' || given === etag);
}
