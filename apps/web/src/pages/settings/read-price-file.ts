import type { ListedPrice } from '@batchdesk/shared';
import type { GivenPrice } from './price-list.ts';

/** What is wrong with a file of prices; `element` counts from 1. */
export type PriceFileProblem = { kind: 'not_json' | 'no_list' } | { kind: 'no_model'; element: number };

/** The prices of a file, in its order: built-in ones, which an export has too, among them. */
export interface PriceFile {
  prices: GivenPrice[];
}

/**
 * Reads what an export wrote, or a list of prices. Only so far that changes can be shown: the server checks the values.
 */
export function readPriceFile(text: string): PriceFile | { problem: PriceFileProblem } {
  const list = readList(text);
  if (!Array.isArray(list)) return { problem: { kind: list === undefined ? 'not_json' : 'no_list' } };
  const file: PriceFile = { prices: [] };
  for (const [index, item] of list.entries()) {
    if (typeof item?.model !== 'string') return { problem: { kind: 'no_model', element: index + 1 } };
    const { source, ...price } = item;
    const origin = source === 'built_in' ? { source } : {};
    const defaults = { cached_input: null, batch_share: 0.5, long_context: null, effective_from: null };
    file.prices.push({ ...defaults, ...price, ...origin, model: item.model.trim() } as GivenPrice);
  }
  return file;
}

/** The list in a text: `undefined` when it is no JSON, `null` when nothing in it is a list. */
function readList(text: string): (Partial<ListedPrice> | null)[] | null | undefined {
  try {
    const value = JSON.parse(text);
    const list = Array.isArray(value) ? value : value?.prices;
    return Array.isArray(list) ? list : null;
  } catch {
    return undefined;
  }
}
