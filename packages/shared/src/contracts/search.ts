import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import type { RequestOutcome } from '../status.ts';
import type { ResultType } from './results.ts';

const { min, max, default: usual } = LIMITS.searchMatches;

/** Query of `GET /api/batch/{batch_id}/search`; the answer is JSONL, one match a line. */
export const searchQuerySchema = z.object({
  q: z.string().min(1).max(200).describe('Text to find; upper and lower case are the same.'),
  limit: z.coerce.number<number | string>().int().min(min).max(max).default(usual),
});

/** What `search` takes, before defaults. */
export type SearchInput = z.input<typeof searchQuerySchema>;

/** What `search` takes, after defaults. */
export type Search = z.output<typeof searchQuerySchema>;

/** An answer in which the text was found. */
export interface SearchMatch {
  /** 1-based line of the input. */
  line: number;
  custom_id: string;
  outcome: RequestOutcome;
  result_type: ResultType;
  /** The text found, with what stands around it. */
  snippet: string;
}
