import { JOB_STATES } from '@batchdesk/shared';
import type { CountJobsInput, JobState, ListJobsInput } from '@batchdesk/shared';

/** What the list of batches is narrowed to and how it is sorted: all of it is in the address. */
export interface JobFilters {
  state?: JobState | undefined;
  endpoint?: string | undefined;
  model?: string | undefined;
  q?: string | undefined;
  /** `key` or `key=value`. */
  metadata?: string | undefined;
  /** Unix seconds. */
  created_after?: number | undefined;
  created_before?: number | undefined;
  has_errors?: true | undefined;
  sort?: JobSort | undefined;
  order?: 'asc' | undefined;
}

/** What jobs can be sorted by; by `created_at` when nothing is said. */
export const JOB_SORTS = [
  'created_at',
  'finished_at',
  'requests',
  'cost',
] as const satisfies ListJobsInput['sort'][];

/** What jobs can be sorted by. */
export type JobSort = (typeof JOB_SORTS)[number];

const TEXTS = ['endpoint', 'model', 'q', 'metadata'] as const;
const TIMES = ['created_after', 'created_before'] as const;

/** The filters that an address names. What it says wrong counts as not said. */
export function readFilters(search: URLSearchParams): JobFilters {
  const filters: JobFilters = {};
  const state = JOB_STATES.find((known) => known === search.get('state'));
  if (state) filters.state = state;
  for (const name of TEXTS) {
    const value = search.get(name)?.trim();
    if (value) filters[name] = value.slice(0, 200);
  }
  for (const name of TIMES) {
    const value = search.get(name);
    if (value && /^\d{1,12}$/.test(value)) filters[name] = Number(value);
  }
  if (search.get('has_errors') === 'true') filters.has_errors = true;
  const sort = JOB_SORTS.find((known) => known === search.get('sort'));
  if (sort && sort !== 'created_at') filters.sort = sort;
  if (search.get('order') === 'asc') filters.order = 'asc';
  return filters;
}

/** The part of an address that names filters: empty, or with its question mark. */
export function toSearch(filters: JobFilters): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? '' : `?${search}`;
}

/** Filters without those of some names. */
export function withoutFilters(filters: JobFilters, names: readonly (keyof JobFilters)[]): JobFilters {
  const kept = Object.entries(filters).filter(([name]) => !names.some((gone) => gone === name));
  return Object.fromEntries(kept) as JobFilters;
}

/** What the server counts by state: the filters without the state and the order. */
export function toCountInput(filters: JobFilters): CountJobsInput {
  return withoutFilters(filters, ['state', 'sort', 'order']);
}
