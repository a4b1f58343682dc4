import { JOB_STATES, isTerminalState } from '@batchdesk/shared';
import type { JobState } from '@batchdesk/shared';

/**
 * The states that have a tab: those a batch ends in, the one it is longest in, and of the others those that occur, so that the
 * tabs of a quiet day are few.
 */
export function tabsOf(counts: Partial<Record<JobState, number>>, current: JobState | undefined): JobState[] {
  return JOB_STATES.filter(
    (state) =>
      isTerminalState(state) || state === 'in_progress' || state === current || (counts[state] ?? 0) > 0,
  );
}
