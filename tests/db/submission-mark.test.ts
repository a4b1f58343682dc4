import { LIMITS, metadataSchema } from '@batchdesk/shared';
import type { Metadata } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { addMark, readMark, removeMark } from '../../apps/server/src/submission-mark.ts';
import { newId } from '../../apps/server/src/ids.ts';

const submission = { id: newId('sub'), input_sha256: 'f'.repeat(64) };
const pairs = (count: number): Metadata =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, `value ${index}`]));

test.each<[string, Metadata | null]>([
  ['no metadata', null],
  ['one pair', pairs(1)],
  ['15 pairs', pairs(15)],
])('a batch with %s carries the mark, and its user does not see it', (_, metadata) => {
  const before = structuredClone(metadata);
  const marked = addMark(metadata, submission);
  expect(metadata).toEqual(before);
  expect(marked).toMatchObject(metadata ?? {});
  expect(Object.keys(marked)).toHaveLength(Object.keys(metadata ?? {}).length + 1);
  expect(readMark(marked)).toBe(submission.id);
  expect(removeMark(marked)).toEqual(metadata);
});

test('metadata of 16 pairs is sent as it is', () => {
  const metadata = pairs(LIMITS.metadataPairs);
  expect(addMark(metadata, submission)).toEqual(metadata);
  expect(readMark(metadata)).toBeNull();
  expect(removeMark(metadata)).toEqual(metadata);
});

test('what is sent keeps within the limits of metadata', () => {
  expect(metadataSchema.safeParse(addMark(pairs(15), submission)).success).toBe(true);
});

test('the mark tells the fingerprint of the input, where there is one', () => {
  const values = (sha256: string | null) =>
    Object.values(addMark(null, { ...submission, input_sha256: sha256 }));
  expect(values(submission.input_sha256)).toEqual([`${submission.id} sha256:${submission.input_sha256}`]);
  expect(values(null)).toEqual([submission.id]);
  expect(readMark(addMark(null, { ...submission, input_sha256: null }))).toBe(submission.id);
});

test.each([[null], [{}], [{ other: 'sub_1' }]])('a batch with the metadata %o has no mark', (metadata) => {
  expect(readMark(metadata)).toBeNull();
  expect(removeMark(metadata)).toEqual(metadata);
});

test('a pair of the user’s own under the same key is the user’s', () => {
  const own: Metadata = { batchdesk: 'mine', a: 'b' };
  expect(addMark(own, { id: `sub_${'0'.repeat(32)}`, input_sha256: null })).toEqual(own);
  expect(readMark(own)).toBeNull();
  expect(removeMark(own)).toEqual(own);
});
