import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { parseDecision } from '../functions/order/decision.ts';
import { forgetDecision, forgetOrder as forgetRecord, forgetRequest } from '../functions/order/forgetting.ts';
import { isFinal } from '../functions/order/moves.ts';
import type { OrderId } from '../functions/order/orderId.ts';
import { parseOrderRecord } from '../functions/order/parseOrderRecord.ts';
import { parseOrderRequest } from '../functions/order/orderRequest.ts';
import { withSchemaVersion } from '../functions/order/schemaVersion.ts';
import { deleteOtherVersions } from './deleteOtherVersions.ts';

export type Forgetting = { readonly s3: S3Client; readonly bucket: string };

/** `isGone`: nothing that a person wrote in the order is left. */
export type Forgotten = { readonly sentence: string; readonly isGone: boolean };

type Stored = { readonly text: string; readonly etag: string; readonly versionId: string };

/** What stays of the object in each area, from its text. Versions of the record of an order hold its details since version 1. */
const AREAS: Readonly<Record<string, (stored: unknown) => object>> = {
  requests: (stored) => forgetRequest(parseOrderRequest(stored)),
  decisions: (stored) => forgetDecision(parseDecision(stored)),
  orders: (stored) => forgetRecord(parseOrderRecord(stored)),
};

const MAX_ROUNDS = 5; // another run of the command may write the same object in the same moment

/**
 * Removes what people wrote in an order that has ended, from every version of its objects. Each object is written without
 * texts first, and then its other versions are deleted: a run that dies in between is finished by the next one.
 */
export async function forgetOrder(forgetting: Forgetting, orderId: OrderId): Promise<Forgotten> {
  const refusal = await refusalOf(forgetting, orderId);
  if (refusal !== null) return { sentence: `${orderId}: not forgotten, because ${refusal}`, isGone: false };
  let removed = 0;
  for (const [area, forget] of Object.entries(AREAS)) {
    const key = `${area}/${orderId}.json`;
    const kept = await writeWithoutTexts(forgetting, key, forget);
    removed += await deleteOtherVersions({ ...forgetting, key, keep: kept });
  }
  const sentence =
    removed === 0
      ? `${orderId}: nothing is left to remove.`
      : `${orderId}: forgotten. ${removed} versions with what people wrote are deleted; the order's statuses and its decision stay.`;
  return { sentence, isGone: true };
}

async function refusalOf(forgetting: Forgetting, orderId: OrderId): Promise<string | null> {
  const order = await read(forgetting, `orders/${orderId}.json`);
  if (order !== null) {
    const { status } = parseOrderRecord(JSON.parse(order.text));
    return isFinal(status)
      ? null
      : `it is ${status}. Confirm, reject or cancel it, wait until it has ended, and run the command again.`;
  }
  const request = await read(forgetting, `requests/${orderId}.json`);
  return request === null
    ? 'there is no order with this id.'
    : 'it has not begun. Wait until it has ended, and run the command again.';
}

/** Answers the version that holds no text; null: there is no such object. */
async function writeWithoutTexts(
  forgetting: Forgetting,
  key: string,
  forget: (stored: unknown) => object,
): Promise<string | null> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const stored = await read(forgetting, key);
    if (stored === null) return null;
    const text = JSON.stringify(withSchemaVersion(forget(JSON.parse(stored.text))));
    if (text === stored.text) return stored.versionId;
    const versionId = await replace(forgetting, key, { ...stored, text });
    if (versionId !== null) return versionId;
  }
  throw new Error(`${key} is being written by another program; run the command again.`);
}

async function read({ s3, bucket }: Forgetting, key: string): Promise<Stored | null> {
  try {
    const { Body, ETag, VersionId } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return {
      text: (await Body?.transformToString()) ?? '',
      etag: ETag ?? '',
      versionId: VersionId ?? '',
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return null;
    throw error;
  }
}

/** Answers the new version, or null when the object is not the one that was read any more. */
async function replace(
  { s3, bucket }: Forgetting,
  key: string,
  { text, etag }: Stored,
): Promise<string | null> {
  const content = { Body: text, ContentType: 'application/json' };
  try {
    const { VersionId = '' } = await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag, ...content }),
    );
    return VersionId;
  } catch (error) {
    const isRace =
      error instanceof Error && ['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.name);
    if (isRace) return null;
    throw error;
  }
}
