import { LIMITS } from '@batchdesk/shared/input';
import { createRowCheck } from './check-row.ts';
import type { RequestRowProblem } from './check-row.ts';
import { readCsv } from './read-csv.ts';
import { readPrompts } from './read-prompts.ts';
import type { TablePortion, TableProblem } from './table.ts';
import { compileTarget } from './write-request.ts';
import type { RequestTarget, RequestWriter, TargetProblem } from './write-request.ts';

/** What requests are made of: prompts, one a line, whose one column is `prompt`; or CSV. */
export type RequestSource = { kind: 'prompts'; text: string } | { kind: 'csv'; csv: Blob };

/** What is wrong with the target, the table, or a row. */
export type BuildProblem = TargetProblem | TableProblem | RequestRowProblem;

/** How far the making is: bytes of CSV or characters of prompts that were read, of how many, and requests made of them. */
export interface BuildProgress {
  read: number;
  total: number;
  requests: number;
}

/** The requests that were made. */
export interface BuiltInput {
  /** JSONL. Rows with a problem are not in it. */
  blob: Blob;
  requestCount: number;
  /** The first 1,000, in the order in which they were found. */
  problems: BuildProblem[];
  /** All, those that are not kept included. */
  problemCount: number;
}

/** Characters of JSONL that are gathered before they go to a blob, which the browser keeps outside of the worker's memory. */
const PART_CHARACTERS = 4_194_304;

/** Makes a request of each row, a portion at a time. For a worker: it takes about a second for each 100 MB. */
export async function makeRequests(
  source: RequestSource,
  target: RequestTarget,
  onProgress?: (progress: BuildProgress) => void,
): Promise<BuiltInput> {
  const total = source.kind === 'csv' ? source.csv.size : source.text.length;
  const input = createInputWriter();
  const check = createRowCheck();
  const problems: BuildProblem[] = [];
  let problemCount = 0;
  let requestCount = 0;
  let write: RequestWriter | null = null;

  function tell(problem: BuildProblem): void {
    problemCount += 1;
    if (problems.length < LIMITS.issuesKept) problems.push(problem);
  }

  function addRows(portion: TablePortion, writeRow: RequestWriter): void {
    for (const row of portion.rows) {
      const request = writeRow(row);
      const problem = check(row, request);
      if (problem) tell(problem);
      else {
        input.add(request.line);
        requestCount += 1;
      }
    }
  }

  for await (const portion of readTable(source)) {
    portion.problems.forEach(tell);
    if (portion.columns.length === 0) continue;
    if (write === null) {
      const compiled = compileTarget(target, portion.columns);
      if ('problems' in compiled) {
        compiled.problems.forEach(tell);
        break;
      }
      write = compiled.write;
    }
    addRows(portion, write);
    onProgress?.({ read: portion.read, total, requests: requestCount });
  }
  return { blob: input.finish(), requestCount, problems, problemCount };
}

function readTable(source: RequestSource): AsyncIterable<TablePortion> | Iterable<TablePortion> {
  return source.kind === 'csv' ? readCsv(source.csv) : readPrompts(source.text);
}

function createInputWriter() {
  const parts: Blob[] = [];
  let lines: string[] = [];
  let characters = 0;

  function flush(): void {
    parts.push(new Blob([lines.join('')]));
    lines = [];
    characters = 0;
  }

  return {
    add(line: string): void {
      lines.push(line, '\n');
      characters += line.length + 1;
      if (characters >= PART_CHARACTERS) flush();
    },
    finish(): Blob {
      flush();
      return new Blob(parts, { type: 'application/jsonl' });
    },
  };
}
