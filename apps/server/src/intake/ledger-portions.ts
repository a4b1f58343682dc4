import type { LedgerRow } from '../db/requests.ts';

/** Puts the rows of a ledger together, by portions. */
export interface LedgerPortions {
  add(row: LedgerRow): void;
  /** The portions that are full; at the end of the input all that is left. */
  take(options: { isEnd: boolean }): string[];
}

/** Requests in one string of ledger rows: one statement, short enough not to hold up other requests. */
const PORTION = 1_000;
/** An id may be as long as a request: a portion ends early after so many characters of them. */
const ID_CHARACTERS = 1 << 20;

/** Keeps no more than what was not taken yet. */
export function createLedgerPortions(): LedgerPortions {
  let portions: string[] = [];
  let rows: LedgerRow[] = [];
  let characters = 0;

  function end(): void {
    if (rows.length > 0) portions.push(JSON.stringify(rows));
    rows = [];
    characters = 0;
  }

  return {
    add(row) {
      rows.push(row);
      characters += row[1].length;
      if (rows.length === PORTION || characters > ID_CHARACTERS) end();
    },
    take({ isEnd }) {
      if (isEnd) end();
      const taken = portions;
      portions = [];
      return taken;
    },
  };
}
