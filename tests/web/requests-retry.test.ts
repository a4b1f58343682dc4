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

const broken = group('failed', 'server_error', 500, 5);
const missing = group('missing', null, null, 4);

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

test('all that failed is as many as the batch counts, without what was cancelled', () => {
  const counts = {
    total: 400,
    pending: 0,
    submitted: 0,
    succeeded: 100,
    failed: 220,
    expired: 40,
    missing: 20,
    cancelled: 20,
  };
  expect(chooseFailed({ counts })).toEqual({
    which: { outcomes: ['failed', 'expired', 'missing'] },
    count: 280,
  });
});
