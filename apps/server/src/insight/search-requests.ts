import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JobSearch, JobSearchMatch, SearchedPart } from '@batchdesk/shared';
import type { StoredRequest } from '../db/request-pages.ts';
import type { Deps } from '../deps.ts';
import { readAnswer } from './answer-text.ts';
import { findText, toPattern } from './find-text.ts';
import { readInputText } from './input-text.ts';
import type { KeptRequests, ResultFiles } from './kept-results.ts';
import { createLineReader } from './line-reader.ts';
import type { LineReader } from './line-reader.ts';
import { showOutcome } from './page-requests.ts';
import { cutByBytes, readJob } from './read-answered.ts';

/** What of a request is searched, beside its `custom_id`; `null` where there is nothing or it was not asked for. */
interface Lines {
  request: StoredRequest;
  input: Uint8Array | null;
  answer: Uint8Array | null;
}

/** Bytes between two requests that are read with them rather than apart. */
const GAP_BYTES = 1 << 16;

/**
 * Looks for a text in the requests of a job, each as it is now, in input order, and tells each request that has it as it is
 * found: in its `custom_id`, what was sent or what came back, where `in` says to look. Stops when `signal` says that nobody
 * waits.
 */
export async function* searchRequests(
  { db, storage }: Pick<Deps, 'db' | 'storage'>,
  kept: KeptRequests,
  query: JobSearch & { signal: AbortSignal | undefined },
): AsyncGenerator<JobSearchMatch> {
  const { scope, files } = kept;
  const { limit, in: parts, signal } = query;
  const pattern = toPattern(query.q);
  const bytesOf = (row: StoredRequest) =>
    (parts.includes('input') ? row.input_bytes : 0) +
    (parts.includes('answer') ? (row.result_bytes ?? 0) : 0);
  await using lines = createLineReader(storage);
  let found = 0;
  for await (const page of readJob(db, scope.job_id, null)) {
    for (const portion of cutByBytes(page, bytesOf)) {
      for (const read of await readPortion(lines, kept, { portion, parts })) {
        const match = findIn(read, parts, pattern);
        if (!match) continue;
        const { line, custom_id, outcome, submission_id } = read.request;
        yield { line, custom_id, outcome: showOutcome(outcome, files.hasBatch(submission_id)), ...match };
        found += 1;
        if (found === limit) return;
      }
      await nextTurn();
      if (signal?.aborted) return;
    }
  }
}

function findIn(
  { request, input, answer }: Lines,
  parts: readonly SearchedPart[],
  pattern: RegExp,
): Pick<JobSearchMatch, 'where' | 'snippet' | 'match'> | null {
  const texts: Record<SearchedPart, () => string[]> = {
    id: () => (parts.includes('id') ? [request.custom_id] : []),
    input: () => (input ? [readInputText(input)] : []),
    answer: () => (answer ? answerTexts(answer) : []),
  };
  for (const where of ['id', 'input', 'answer'] as const) {
    for (const text of texts[where]()) {
      const found = findText(text, pattern);
      if (found) return { where, ...found };
    }
  }
  return null;
}

function answerTexts(bytes: Uint8Array): string[] {
  const { content, error_message } = readAnswer(bytes);
  return [content, error_message ?? ''];
}

async function readPortion(
  lines: LineReader,
  { input_name, files }: KeptRequests,
  { portion, parts }: { portion: readonly StoredRequest[]; parts: readonly SearchedPart[] },
): Promise<Lines[]> {
  const inputs =
    parts.includes('input') && input_name !== null ? await readInputs(lines, input_name, portion) : [];
  const answers = parts.includes('answer')
    ? await Promise.all(portion.map((row) => readResult(lines, files, row)))
    : [];
  return portion.map((request, index) => ({
    request,
    input: inputs[index] ?? null,
    answer: answers[index] ?? null,
  }));
}

/** They stand one after the other in the input: one read is enough, unless there is much between them. */
async function readInputs(
  lines: LineReader,
  name: string,
  portion: readonly StoredRequest[],
): Promise<Uint8Array[]> {
  const start = portion[0]!.input_offset;
  const last = portion.at(-1)!;
  const length = last.input_offset + last.input_bytes - start;
  const wanted = portion.reduce((sum, { input_bytes }) => sum + input_bytes + 1, 0);
  if (length > wanted + GAP_BYTES) {
    return Promise.all(portion.map((row) => lines.read(name, row.input_offset, row.input_bytes)));
  }
  const bytes = await lines.read(name, start, length);
  return portion.map(({ input_offset, input_bytes }) =>
    bytes.subarray(input_offset - start, input_offset - start + input_bytes),
  );
}

async function readResult(
  lines: LineReader,
  files: ResultFiles,
  { submission_id, result_type, result_offset, result_bytes }: StoredRequest,
): Promise<Uint8Array | null> {
  if (result_type === null) return null;
  const name = await files.find(submission_id, result_type);
  return name === null ? null : lines.read(name, result_offset!, result_bytes!);
}
