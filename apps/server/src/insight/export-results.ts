import type { ResultsQuery } from '@batchdesk/shared';
import type { StoredRequest } from '../db/request-pages.ts';
import type { Deps } from '../deps.ts';
import { readAnswer } from './answer-text.ts';
import { toCsv } from './csv.ts';
import type { CsvRow } from './csv.ts';
import type { KeptResults } from './kept-results.ts';
import { readAnswered } from './read-answered.ts';
import type { Answered } from './read-answered.ts';

const LINE_FEED = Buffer.from('\n');
const NO_ANSWER = 'No line of the results answers this request.';
const NOT_YET = 'This request has not been answered yet.';
const CSV_HEADER = [
  'custom_id',
  'outcome',
  'status_code',
  'content',
  'error_code',
  'error_message',
  'input_tokens',
  'output_tokens',
];

/**
 * The results of a batch or a job in input order, a portion at a time: as JSONL the provider's own lines, and one in their form for
 * what nothing answers; as CSV a row for each request. `type` leaves out what the other file answers.
 */
export async function* exportResults(
  deps: Pick<Deps, 'db' | 'storage'>,
  results: KeptResults,
  { type, format }: ResultsQuery,
): AsyncGenerator<Buffer | string> {
  if (format === 'csv') yield toCsv([CSV_HEADER]);
  for await (const portion of readAnswered(deps, results, type === 'merged' ? null : type)) {
    if (format === 'csv') yield toCsv(portion.map(toCsvRow));
    else
      yield Buffer.concat(
        portion.flatMap((answered) => [answered.bytes ?? missingLine(answered), LINE_FEED]),
      );
  }
}

function missingLine({ request }: Answered): Buffer {
  const { custom_id } = request;
  const error = { code: codeOf(request), message: whyNot(request) };
  return Buffer.from(JSON.stringify({ id: null, custom_id, response: null, error }));
}

function codeOf({ error_code, outcome }: StoredRequest): string {
  return error_code ?? outcome;
}

function whyNot({ outcome }: StoredRequest): string {
  return outcome === 'pending' || outcome === 'submitted' ? NOT_YET : NO_ANSWER;
}

function toCsvRow({ request, bytes }: Answered): CsvRow {
  const { custom_id, outcome, status_code, error_code, input_tokens, output_tokens } = request;
  const { content, error_message } = bytes
    ? readAnswer(bytes)
    : { content: '', error_message: whyNot(request) };
  const code = bytes ? error_code : codeOf(request);
  return [custom_id, outcome, status_code, content, code, error_message, input_tokens, output_tokens];
}
