import { withoutFilters } from '../../api/job-filters.ts';
import type { JobFilters } from '../../api/job-filters.ts';
import { dayOf, nextDay, startOfDay } from './days.ts';

/** The filters as people fill them in. */
export interface FilterFields {
  endpoint: string;
  model: string;
  metadata: string;
  /** First and last day, both included; empty for none. */
  from: string;
  to: string;
  hasErrors: boolean;
}

const NAMES = ['endpoint', 'model', 'metadata', 'created_after', 'created_before', 'has_errors'] as const;

/** The form of some filters. Days are those of `timeZone`. */
export function toFields(filters: JobFilters, timeZone: string): FilterFields {
  const { created_after: after, created_before: before } = filters;
  return {
    endpoint: filters.endpoint ?? '',
    model: filters.model ?? '',
    metadata: filters.metadata ?? '',
    from: after === undefined ? '' : dayOf(after, timeZone),
    to: before === undefined ? '' : dayOf(before - 1, timeZone),
    hasErrors: filters.has_errors ?? false,
  };
}

/** The filters with what the form says; a time that it did not change keeps its second. Days in the wrong order are turned. */
export function fromFields(filters: JobFilters, fields: FilterFields, timeZone: string): JobFilters {
  const before = toFields(filters, timeZone);
  const [from, to] =
    fields.from && fields.to ? [fields.from, fields.to].toSorted() : [fields.from, fields.to];
  const next: JobFilters = withoutFilters(filters, NAMES);
  for (const name of ['endpoint', 'model', 'metadata'] as const) {
    const value = fields[name].trim();
    if (value) next[name] = value;
  }
  const after = from === before.from ? filters.created_after : readDay(from);
  const until = to === before.to ? filters.created_before : readDay(to && nextDay(to));
  if (after !== undefined) next.created_after = after;
  if (until !== undefined) next.created_before = until;
  if (fields.hasErrors) next.has_errors = true;
  return next;

  function readDay(day: string | undefined): number | undefined {
    return (day && startOfDay(day, timeZone)) || undefined;
  }
}
