import { createHash } from 'node:crypto';
import { BatchdeskError, LIMITS, createInputValidator } from '@batchdesk/shared';
import type { BatchEndpoint, ErrorDetails, InputSummary } from '@batchdesk/shared';
import type { LedgerEntry } from '../db/requests.ts';

/** One request as it came: a line of a file, or an element of `requests`. */
export interface InputLine {
  /** 1-based. */
  line: number;
  bytes: Uint8Array;
}

/** What to expect of an input, and where to put it. */
export interface ReadInputOptions {
  /** The batch's endpoint, where it is known already. */
  endpoint?: BatchEndpoint;
  /** What the lines are called in errors. */
  place: 'line' | 'element';
  /** Takes the input, normalised: UTF-8, one request a line, no blank lines. */
  write?: (block: Uint8Array) => Promise<void>;
}

/** What an input is. */
export interface InputFacts {
  bytes: number;
  sha256: string;
  request_count: number;
  entries: LedgerEntry[];
}

/** Bytes gathered before they are hashed and written: once a line would be slow. */
const BLOCK_BYTES = 1 << 18;
const NEWLINE = Buffer.from('\n');

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Checks an input line by line, counts and hashes it on the way to `write`. Keeps only the places of the requests.
 *
 * @throws {BatchdeskError} `invalid_input` with every issue
 */
export async function readInput(
  lines: AsyncIterable<InputLine> | Iterable<InputLine>,
  options: ReadInputOptions,
): Promise<InputFacts> {
  const validator = createInputValidator(options);
  const hash = createHash('sha256');
  const entries: LedgerEntry[] = [];
  let block: Uint8Array[] = [];
  let blockBytes = 0;
  let bytes = 0;

  function put(part: Uint8Array): void {
    block.push(part);
    blockBytes += part.length;
    bytes += part.length;
  }

  async function flush(): Promise<void> {
    const whole = Buffer.concat(block);
    block = [];
    blockBytes = 0;
    hash.update(whole);
    await options.write?.(whole);
  }

  for await (const { line, bytes: lineBytes } of lines) {
    const text = decode(lineBytes);
    if (text === null) {
      const message = 'This line is not valid UTF-8.';
      validator.addIssue({ code: 'invalid_encoding', message, param: null, line, custom_id: null });
      continue;
    }
    const customId = validator.checkLine(text, line);
    const offset = bytes === 0 ? 0 : bytes + NEWLINE.length;
    if (offset + lineBytes.length > LIMITS.inputFileBytes) {
      const message = `The input is larger than the ${LIMITS.inputFileBytes} bytes that a batch takes.`;
      validator.addIssue({ code: 'input_too_large', message, param: null, line, custom_id: customId });
      break;
    }
    if (customId !== null && entries.length < LIMITS.requestsPerBatch) {
      const place = { input_offset: offset, input_bytes: lineBytes.length };
      entries.push({ line: entries.length + 1, custom_id: customId, ...place });
    }
    if (offset > 0) put(NEWLINE);
    put(lineBytes);
    if (blockBytes >= BLOCK_BYTES) await flush();
  }
  // A file of exactly the limit has no room for it, and no need.
  if (bytes > 0 && bytes < LIMITS.inputFileBytes) put(NEWLINE);
  await flush();
  const summary = validator.finish();
  refuseIfWrong(summary, options.place);
  return { bytes, sha256: hash.digest('hex'), request_count: summary.request_count, entries };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function refuseIfWrong({ issues, issue_count }: InputSummary, place: string): void {
  const first = issues[0];
  if (!first) return;
  // What is wrong with the whole has no line.
  const where: ErrorDetails = first.line === null ? {} : { place, line: first.line };
  const reason = first.line === null ? first.message : `${place} ${first.line}: ${first.message}`;
  const details = { count: issue_count, ...where, reason };
  throw new BatchdeskError('invalid_input', { param: first.param ?? undefined, details, issues });
}
