import { beforeAll, describe, expect, test } from 'vitest';
import { synthesizeApp } from '../support/synthesizeApp.ts';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import {
  AS_PROMISED,
  bothSides,
  EARLY_POINTS,
  LATE_POINTS,
  surviveFaults,
} from '../support/surviveFaults.ts';

const { folder: assembly } = await synthesizeApp();

/** How often an undisturbed order passes a point, where it is more than once (docs/protocol.md counts the calls). */
const EARLY_PASSAGES = { 'lambda.Invoke': 3, 's3.PutObject': 3, 'appsync.publish': 2 };
const LATE_PASSAGES = { 'lambda.Invoke': 2, 's3.PutObject': 3, 's3.GetObject': 4, 'appsync.publish': 2 };

function everyPassage(points: readonly string[], passages: Readonly<Record<string, number>>) {
  return bothSides(points).flatMap((point) =>
    Array.from({ length: passages[point.replace('.done', '')] ?? 1 }, (_each, index) => ({
      point,
      passage: index + 1,
    })),
  );
}

describe.each(['error', 'throttle', 'lost-response', 'delay', 'duplicate', 'kill'])(
  'an order ends as promised in spite of a fault of the kind %s',
  (kind) => {
    let cloud: LocalCloud;
    beforeAll(async () => {
      cloud = await startLocalCloud({ assembly });
      return cloud.remove;
    });

    test.each(everyPassage(EARLY_POINTS, EARLY_PASSAGES))(
      'at passage $passage of $point before the pause',
      async (at) =>
        expect(await surviveFaults(cloud, { early: { kind, ...at }, late: null })).toEqual(AS_PROMISED),
    );
    test.each(everyPassage(LATE_POINTS, LATE_PASSAGES))(
      'at passage $passage of $point after the confirmation',
      async (at) =>
        expect(await surviveFaults(cloud, { early: null, late: { kind, ...at } })).toEqual(AS_PROMISED),
    );
  },
);
