import {
  ACTIVE_STATUSES,
  BATCH_STATUSES,
  JOB_STATES,
  canCancel,
  canMove,
  isTerminal,
  isTerminalState,
  stateTone,
  statusTone,
} from '@batchdesk/shared';
import type { BatchStatus } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';

interface Facts {
  terminal: boolean;
  cancellable: boolean;
  /** The statuses it may go to; all others but itself are refused. */
  next: BatchStatus[];
}

const ENDS: BatchStatus[] = ['completed', 'failed', 'expired', 'cancelled'];
const FINAL: Facts = { terminal: true, cancellable: false, next: [] };

const FACTS: Record<BatchStatus, Facts> = {
  validating: {
    terminal: false,
    cancellable: true,
    next: ['in_progress', 'finalizing', 'cancelling', ...ENDS],
  },
  in_progress: { terminal: false, cancellable: true, next: ['finalizing', 'cancelling', ...ENDS] },
  finalizing: { terminal: false, cancellable: true, next: ['cancelling', ...ENDS] },
  cancelling: { terminal: false, cancellable: false, next: ENDS },
  completed: FINAL,
  failed: FINAL,
  expired: FINAL,
  cancelled: FINAL,
};

test('there are the eight statuses of OpenAI, each once', () => {
  expect(BATCH_STATUSES.toSorted()).toEqual(Object.keys(FACTS).toSorted());
});

test('the active statuses are those that are not terminal', () => {
  expect(ACTIVE_STATUSES).toEqual(['validating', 'in_progress', 'finalizing', 'cancelling']);
});

describe.each(BATCH_STATUSES)('a batch that is %s', (status) => {
  const { terminal, cancellable, next } = FACTS[status];

  test(`${terminal ? 'has' : 'has not'} ended`, () => {
    expect(isTerminal(status)).toBe(terminal);
  });

  test(`${cancellable ? 'can' : 'cannot'} be cancelled`, () => {
    expect(canCancel(status)).toBe(cancellable);
  });

  test('may stay so: its counts still move', () => {
    expect(canMove(status, status)).toBe(true);
  });

  test.each(BATCH_STATUSES.filter((to) => to !== status))('goes to %s only if that is further on', (to) => {
    expect(canMove(status, to)).toBe(next.includes(to));
  });

  test('is shown as what it means', () => {
    const isGood = statusTone(status) === 'success';
    const isBad = statusTone(status) === 'failure';
    expect({ isGood, isBad }).toEqual({
      isGood: status === 'completed',
      isBad: status === 'failed' || status === 'expired',
    });
  });
});

test.each<[string, BatchStatus[]]>([
  ['that completes', ['validating', 'in_progress', 'finalizing', 'completed']],
  ['whose input is refused', ['validating', 'failed']],
  ['that expires', ['validating', 'in_progress', 'expired']],
  ['cancelled while it is validated', ['validating', 'cancelling', 'cancelled']],
  ['cancelled while it runs', ['validating', 'in_progress', 'cancelling', 'cancelled']],
  ['cancelled while it is finalized', ['validating', 'in_progress', 'finalizing', 'cancelling', 'cancelled']],
  ['cancelled too late', ['validating', 'in_progress', 'finalizing', 'cancelling', 'completed']],
])('a batch %s passes at every pace of polling, and never back', (_, life) => {
  for (const [index, from] of life.entries()) {
    for (const later of life.slice(index + 1)) {
      const moves = { from, later, on: canMove(from, later), back: canMove(later, from) };
      expect(moves).toEqual({ from, later, on: true, back: false });
    }
  }
});

test('a job has one more state than a batch: it waits', () => {
  expect(JOB_STATES.toSorted()).toEqual(['waiting', ...BATCH_STATUSES].toSorted());
  expect([isTerminalState('waiting'), stateTone('waiting')]).toEqual([false, 'waiting']);
  for (const status of BATCH_STATUSES) {
    expect([isTerminalState(status), stateTone(status)]).toEqual([isTerminal(status), statusTone(status)]);
  }
});
