import { z } from 'zod';

/** The result files of a batch: `output` holds the answers, `error` the requests that got none. */
export const RESULT_TYPES = ['output', 'error'] as const;

/** Which result file. */
export type ResultType = (typeof RESULT_TYPES)[number];

/** What can be downloaded: a result file as it is, or the answers of both, one line for each request in input order. */
const DOWNLOAD_TYPES = [...RESULT_TYPES, 'merged'] as const;

/** What can be downloaded. */
export type DownloadType = (typeof DOWNLOAD_TYPES)[number];

/** Query of `GET /api/batch/{batch_id}/results`; `type` is `output`, or `merged` for CSV, when left out. */
export const resultsQuerySchema = z
  .object({
    type: z
      .enum(DOWNLOAD_TYPES)
      .optional()
      .describe(
        'output (default for jsonl), error, or merged (default for csv): all requests, in input order.',
      ),
    format: z.enum(['jsonl', 'csv']).default('jsonl'),
  })
  .transform(({ type, format }) => ({ format, type: type ?? (format === 'csv' ? 'merged' : 'output') }));

/** What `results` takes, before defaults. */
export type ResultsQueryInput = z.input<typeof resultsQuerySchema>;

/** What `results` takes, after defaults. */
export type ResultsQuery = z.output<typeof resultsQuerySchema>;

/** Query of `GET /api/jobs/{job_id}/results`: what is there so far. */
export const jobResultsQuerySchema = z.object({
  type: z
    .enum(DOWNLOAD_TYPES)
    .default('merged')
    .describe(
      'merged: a line for each request, in input order. output, error: the lines of the result files of that kind, each request by its last attempt.',
    ),
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
});

/** What `results` of a job takes, before defaults. */
export type JobResultsQueryInput = z.input<typeof jobResultsQuerySchema>;

/** A line of a result file that is not what it should be. */
export const resultIssueSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    result_type: z.enum(RESULT_TYPES).describe('The file that has it.'),
    line: z.int().describe('1-based line of that file.'),
    custom_id: z.string().nullable(),
  })
  .meta({ id: 'ResultIssue' });

/** A line of a result file that is not what it should be. */
export type ResultIssue = z.infer<typeof resultIssueSchema>;
