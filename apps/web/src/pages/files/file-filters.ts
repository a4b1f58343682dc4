import type { ListFilesInput } from '@batchdesk/shared';

/** What the list of files is narrowed to: all of it is in the address. */
export type FileFilters = { [Name in 'q' | 'purpose']?: ListFilesInput[Name] };

/** What files are for, as people choose it. */
export const FILE_PURPOSES = ['batch', 'batch_output'] as const satisfies FileFilters['purpose'][];

/** The longest text that the server looks for. */
const LONGEST = 200;

/** The filters that an address names. What it says wrong counts as not said. */
export function readFileFilters(search: URLSearchParams): FileFilters {
  const q = search.get('q')?.trim().slice(0, LONGEST);
  const purpose = FILE_PURPOSES.find((known) => known === search.get('purpose'));
  return { ...(q ? { q } : {}), ...(purpose ? { purpose } : {}) };
}

/** The part of an address that names filters: empty, or with its question mark. */
export function toFileSearch({ q, purpose }: FileFilters): string {
  const search = new URLSearchParams({ ...(q ? { q } : {}), ...(purpose ? { purpose } : {}) });
  return search.size === 0 ? '' : `?${search}`;
}
