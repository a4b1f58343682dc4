import type { BatchRequest } from '@batchdesk/shared';
import { createRowCheck } from './check-row.ts';
import type { BuildProblem, BuildProgress, BuiltInput, RequestSource } from './make-requests.ts';
import { readPrompts } from './read-prompts.ts';
import { runInWorker } from './run-in-worker.ts';
import type { WorkOptions } from './run-in-worker.ts';
import type { TableHead } from './table.ts';
import { compileTarget } from './write-request.ts';
import type { RequestTarget } from './write-request.ts';

/**
 * Makes a request of each prompt or row of CSV, in a worker. Rejected with an `InputError` when the file cannot be read or
 * the worker fails, and with the reason of `signal`.
 */
export function buildRequests(
  source: RequestSource,
  target: RequestTarget,
  work: WorkOptions<BuildProgress> = {},
): Promise<BuiltInput> {
  return runInWorker<'build'>({ kind: 'build', source, target }, work);
}

/** Reads the columns and the first rows of CSV, in a worker. Rejected as `buildRequests`. */
export function readCsvHead(csv: Blob, count: number, signal?: AbortSignal): Promise<TableHead> {
  return runInWorker<'head'>({ kind: 'head', csv, count }, { signal });
}

/** The first prompts of a text, as a table whose one column is `prompt`. */
export function readPromptsHead(text: string, count: number): TableHead {
  const [first] = readPrompts(text);
  const { columns, rows, problems } = first!;
  return { columns, rows: rows.slice(0, count), problems };
}

/** What would be made of some rows. */
export interface RequestPreview {
  /** In the order of the rows; those with a problem have no request. */
  requests: { row: number; line: number; request: BatchRequest }[];
  problems: BuildProblem[];
}

/** Makes the requests of some rows, at once: for what is shown while a template is written. */
export function previewRequests(head: TableHead, target: RequestTarget): RequestPreview {
  const compiled = compileTarget(target, head.columns);
  if ('problems' in compiled) return { requests: [], problems: [...compiled.problems, ...head.problems] };
  const check = createRowCheck();
  const preview: RequestPreview = { requests: [], problems: [...head.problems] };
  for (const row of head.rows) {
    const made = compiled.write(row);
    const problem = check(row, made);
    if (problem) preview.problems.push(problem);
    else {
      const request = JSON.parse(made.line) as BatchRequest;
      preview.requests.push({ row: row.row, line: row.line, request });
    }
  }
  return preview;
}
