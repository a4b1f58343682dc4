import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import type { RequestOutcome } from '../status.ts';
import { asText, listOf } from './list-of.ts';
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

/** What of a request is searched. */
const SEARCHED_PARTS = ['id', 'input', 'answer'] as const;

/** What of a request is searched: its `custom_id`, the text that was sent, the text or the error that came back. */
export type SearchedPart = (typeof SEARCHED_PARTS)[number];

/** Query of `GET /api/jobs/{job_id}/search`; the answer is JSONL, one match a line, in input order. */
export const jobSearchQuerySchema = searchQuerySchema.extend({
  in: listOf(z.enum(SEARCHED_PARTS), { min: 1, max: 100 })
    .default([...SEARCHED_PARTS])
    .meta(asText('Where to look: id, input, answer, or several with commas. All three if left out.')),
});

/** What `search` of a job takes, before defaults. */
export type JobSearchInput = z.input<typeof jobSearchQuerySchema>;

/** What `search` of a job takes, after defaults. */
export type JobSearch = z.output<typeof jobSearchQuerySchema>;

/** A request of a job in which the text was found. */
export interface JobSearchMatch {
  /** 1-based line of the input. */
  line: number;
  custom_id: string;
  outcome: RequestOutcome;
  /** The first of its parts that has the text. */
  where: SearchedPart;
  /** The text found, with what stands around it. */
  snippet: string;
  /** Where the text found begins and ends in `snippet`, in UTF-16 code units. */
  match: [start: number, end: number];
}
