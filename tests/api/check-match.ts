import type { JobSearchMatch } from '@batchdesk/shared';
import { expect } from 'vitest';

/** Whether a match shows what was looked for, and not much more. */
export function checkMatch({ snippet, match: [start, end] }: JobSearchMatch, q: string): void {
  expect(snippet.slice(start, end).toLowerCase()).toBe(q.toLowerCase());
  expect(snippet.length).toBeLessThanOrEqual(q.length + 162);
  expect(snippet.isWellFormed()).toBe(true);
}
