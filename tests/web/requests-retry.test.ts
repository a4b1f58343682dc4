import type { ErrorGroup } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { chooseFailed, chooseGroup } from '../../apps/web/src/pages/batch/errors/retry-selection.ts';

const group = (
  outcome: ErrorGroup['outcome'],
  error_code: string | null,
  status_code: number | null,
  count: number,
) =>
  ({
    outcome,
    error_code,
    status_code,
    count,
    sample: { line: 1, custom_id: 'a', message: null },
  }) satisfies ErrorGroup;

const invalid = group('failed', 'invalid_prompt', 400, 10);
const broken = group('failed', 'server_error', 500, 5);
const away = group('failed', 'server_error', 503, 3);
const bare = group('failed', null, 500, 2);
const expired = group('expired', 'batch_expired', null, 7);
const missing = group('missing', null, null, 4);
const cancelled = group('cancelled', 'batch_cancelled', null, 20);
const groups = [cancelled, invalid, expired, broken, missing, away, bare];

test('a group is sent again alone, whatever others have the same code or none', () => {
  expect(chooseGroup(broken)).toEqual({
    which: { groups: [{ outcome: 'failed', error_code: 'server_error', status_code: 500 }] },
    count: 5,
  });
  expect(chooseGroup(missing)).toEqual({
    which: { groups: [{ outcome: 'missing', error_code: null, status_code: null }] },
    count: 4,
  });
});

test('all that failed leaves out what was cancelled', () => {
  expect(chooseFailed(groups)).toMatchObject({
    which: { outcomes: ['failed', 'expired', 'missing'] },
    count: 31,
  });
});
