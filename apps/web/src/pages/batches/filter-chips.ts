import { withoutFilters } from '../../api/job-filters.ts';
import type { JobFilters } from '../../api/job-filters.ts';
import type { I18n } from '../../i18n/i18n.tsx';
import { dayOf, startOfDay } from './days.ts';

/** The filters that are chips, in their order; states have tabs, and the order of rows hides nothing. */
const CHIPS = [
  'q',
  'endpoint',
  'model',
  'metadata',
  'created_after',
  'created_before',
  'has_errors',
] as const;

/** A filter that is set, in words. */
export interface Chip {
  name: (typeof CHIPS)[number];
  label: string;
}

/** The filters that are set, in words. Days are those of `timeZone`. */
export function toChips(filters: JobFilters, i18n: Pick<I18n, 't' | 'format'>, timeZone: string): Chip[] {
  return CHIPS.filter((name) => filters[name] !== undefined).map((name) => ({ name, label: labelOf(name) }));

  function labelOf(name: Chip['name']): string {
    switch (name) {
      case 'has_errors':
        return i18n.t('batches.chips.has_errors');
      case 'created_after':
        return i18n.t('batches.chips.created_after', writeTime(filters.created_after ?? 0));
      case 'created_before':
        return i18n.t('batches.chips.created_before', writeTime((filters.created_before ?? 0) - 1));
      default:
        return i18n.t(`batches.chips.${name}`, filters[name] ?? '');
    }
  }

  /** The day, where it is the beginning or the end of one. */
  function writeTime(second: number): string {
    const day = dayOf(second, timeZone);
    const isBoundary = startOfDay(day, timeZone) === second || dayOf(second + 1, timeZone) !== day;
    return isBoundary ? i18n.format().day(day) : i18n.format().date(second);
  }
}

/** What stays when all chips are removed: the tab and the order. */
export function withoutChips(filters: JobFilters): JobFilters {
  return withoutFilters(filters, CHIPS);
}
