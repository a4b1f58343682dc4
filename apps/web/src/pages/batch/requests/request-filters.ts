import { REQUEST_OUTCOMES } from '@batchdesk/shared';
import type { RequestOutcome, SearchedPart } from '@batchdesk/shared';

/** What of a request can be searched. */
export const SEARCHED: readonly SearchedPart[] = ['id', 'input', 'answer'];

/** What the requests of a batch are narrowed to: all of it is in the address. */
export interface RequestFilters {
  outcomes: RequestOutcome[];
  /** Error codes. */
  codes: string[];
  /** The text to find; empty for none. */
  q: string;
  /** Where to find it. */
  parts: SearchedPart[];
}

const QUERY_CHARACTERS = 200;
const CODES = 100;

/** The filters that an address names. What it says wrong counts as not said. */
export function readRequestFilters(search: URLSearchParams): RequestFilters {
  const outcomes = listOf(search, 'outcome');
  const parts = SEARCHED.filter((part) => listOf(search, 'in').includes(part));
  return {
    outcomes: REQUEST_OUTCOMES.filter((outcome) => outcomes.includes(outcome)),
    codes: [...new Set(search.getAll('code').filter(Boolean))].slice(0, CODES),
    q: (search.get('q') ?? '').slice(0, QUERY_CHARACTERS),
    parts: parts.length === 0 ? [...SEARCHED] : parts,
  };
}

/** What an address says of filters; what is as usual is left out. */
export function writeRequestFilters(
  filters: Partial<RequestFilters>,
): Record<string, string | string[] | undefined> {
  const { outcomes, codes, q, parts } = filters;
  const isUsual = parts?.length === SEARCHED.length;
  return {
    ...(outcomes && { outcome: outcomes.join(',') || undefined }),
    // Codes are the provider's words, and may have commas.
    ...(codes && { code: codes.length === 0 ? undefined : codes }),
    ...(q !== undefined && { q: q || undefined }),
    ...(parts && { in: isUsual ? undefined : parts.join(',') }),
  };
}

/** The part of an address that names filters and a request: empty, or with its question mark. */
export function toRequestSearch(filters: Partial<RequestFilters>, customId?: string): string {
  const pairs = Object.entries({ ...writeRequestFilters(filters), request: customId });
  const search = new URLSearchParams(
    pairs.flatMap(([name, value]) => [value ?? []].flat().map((text) => [name, text])),
  );
  return search.size === 0 ? '' : `?${search}`;
}

/** A list without the word, or with it when it was not there. */
export function toggle<T>(list: readonly T[], word: T): T[] {
  return list.includes(word) ? list.filter((other) => other !== word) : [...list, word];
}

function listOf(search: URLSearchParams, name: string): string[] {
  return [...new Set((search.get(name) ?? '').split(',').filter(Boolean))];
}
