import { useLocation, useSearchParams } from '@solidjs/router';
import { createMemo } from 'solid-js';
import { readRequestFilters, writeRequestFilters } from './request-filters.ts';
import type { RequestFilters } from './request-filters.ts';

/** The filters of the requests, kept in the address. */
export type Filters = ReturnType<typeof createFilters>;

/** Reads the filters from the address and writes them there. */
export function createFilters() {
  const location = useLocation();
  const [, setParams] = useSearchParams();
  const filters = createMemo(() => readRequestFilters(new URLSearchParams(location.search)), undefined, {
    equals: (one, other) => JSON.stringify(one) === JSON.stringify(other),
  });
  return {
    get: filters,
    /** While somebody types the address changes in place, without a step back for each letter. */
    set(next: Partial<RequestFilters>, isTyping = false): void {
      setParams(writeRequestFilters(next), { replace: isTyping });
    },
  };
}
