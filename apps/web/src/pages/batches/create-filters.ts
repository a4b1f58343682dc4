import { useLocation, useNavigate } from '@solidjs/router';
import { createMemo } from 'solid-js';
import { readFilters } from '../../api/job-filters.ts';
import type { JobFilters } from '../../api/job-filters.ts';
import { paths } from '../../routes.ts';

/** The filters of the address, and how they are changed. */
export function createFilters() {
  const location = useLocation();
  const navigate = useNavigate();
  const filters = createMemo(() => readFilters(new URLSearchParams(location.search)), undefined, {
    equals: (before, now) => JSON.stringify(before) === JSON.stringify(now),
  });
  /** With `replace` one cannot go back to what was there: for what is still being typed. */
  function change(next: JobFilters, { replace = false } = {}): void {
    navigate(paths.batches(next), { replace, scroll: false });
  }
  return { filters, change };
}

/** The filters of the address, and how they are changed. */
export type Filters = ReturnType<typeof createFilters>;
