import type { RowFault } from '../faults/fault-schema.ts';
import { createRowFaultMatcher } from '../faults/match-row-fault.ts';
import { createLineWriter, type LineWriter } from '../storage/line-writer.ts';
import { createTimeSlice } from '../time-slice.ts';
import type { Endpoint } from '../endpoints.ts';
import type { TokenCounts } from './batch-record.ts';
import { readShuffled } from './read-shuffled.ts';
import { createResultLines, type NotRunReason } from './result-line.ts';

/** What to write. The same options always give the same two files. */
export interface WriteOptions {
  batchId: string;
  endpoint: Endpoint;
  inputPath: string;
  groups: readonly number[];
  rowFaults: readonly RowFault[];
  /** This many requests ran, the first ones in the shuffled order. */
  ran: number;
  /** Why the others did not. */
  notRunReason: NotRunReason;
  /** Unix seconds that the answers give as their time. */
  answeredAt: number;
}

/** Two files, finished and closed, and what is in them. */
export interface WrittenResults {
  output: { path: string; lines: number; bytes: number };
  errors: { path: string; lines: number; bytes: number };
  completed: number;
  failed: number;
  tokens: TokenCounts;
}

/** Answers the requests of a batch into two new files. On abort it deletes them and throws the signal's reason. */
export async function writeResults(
  options: WriteOptions,
  paths: { output: string; errors: string },
  signal: AbortSignal,
): Promise<WrittenResults> {
  const output = await createLineWriter(paths.output);
  const errors = await createLineWriter(paths.errors);
  try {
    const counts = await answerAll(options, { output, errors }, signal);
    await output.end();
    await errors.end();
    return {
      output: { path: paths.output, lines: output.lines, bytes: output.bytes },
      errors: { path: paths.errors, lines: errors.lines, bytes: errors.bytes },
      ...counts,
    };
  } catch (error) {
    await output.discard();
    await errors.discard();
    throw error;
  }
}

async function answerAll(
  options: WriteOptions,
  writers: { output: LineWriter; errors: LineWriter },
  signal: AbortSignal,
) {
  const slice = createTimeSlice(signal);
  const faultOf = createRowFaultMatcher(options.rowFaults);
  const lines = createResultLines(options);
  const counts = { completed: 0, failed: 0, tokens: { input: 0, cached: 0, output: 0, reasoning: 0 } };
  let position = 0;
  for await (const requests of readShuffled(options.inputPath, options.groups, options.batchId)) {
    for (const { offset, text } of requests) {
      const request = JSON.parse(text);
      const fault = faultOf(request.custom_id);
      const line =
        position++ < options.ran ? lines.run(request, offset, fault) : lines.notRun(request, offset);
      if (line) {
        writers[line.goesTo].add(line.parts);
        if (line.counts !== 'neither') counts[line.counts]++;
        counts.tokens.input += line.tokens?.input ?? 0;
        counts.tokens.cached += line.tokens?.cached ?? 0;
        counts.tokens.output += line.tokens?.output ?? 0;
        counts.tokens.reasoning += line.tokens?.reasoning ?? 0;
      }
      if (writers.output.isFull) await writers.output.flush();
      if (writers.errors.isFull) await writers.errors.flush();
      if (slice.isOver()) await slice.giveWay();
    }
  }
  return counts;
}
