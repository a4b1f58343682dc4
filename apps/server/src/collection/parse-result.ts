import type { RequestOutcome } from '@batchdesk/shared';
import type { LedgerResult } from '../db/results.ts';
import { asObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';
import type { IssueCode } from './issue-list.ts';

/** What a result line says of a request; where it stands is known to whoever read it. */
export type ParsedResult = Omit<LedgerResult, 'rowid' | 'result_type' | 'result_offset' | 'result_bytes'> & {
  custom_id: string;
};

/** The largest number that the ledger's columns take. */
const MAX_INTEGER = 2 ** 31 - 1;
const ERROR_CODE_CHARACTERS = 200;
const utf8 = new TextDecoder();

/**
 * Reads what a result line says of its request, or tells why it says nothing. JSON does not depend on bytes beyond ASCII:
 * a line is read with a character for each byte, twice as fast, and once more as UTF-8 where a text that is kept has such.
 */
export function parseResult(bytes: Uint8Array): ParsedResult | IssueCode {
  const fast = readResult(toLatin1(bytes));
  if (typeof fast === 'string' || (isAscii(fast.custom_id) && isAscii(fast.error_code ?? ''))) return fast;
  return readResult(utf8.decode(bytes));
}

function readResult(text: string): ParsedResult | IssueCode {
  const parsed = parseJson(text);
  if (parsed === undefined) return 'invalid_json_line';
  const line = asObject(parsed);
  const customId = line?.['custom_id'];
  if (!line || typeof customId !== 'string') return 'missing_custom_id';
  const response = asObject(line['response']);
  const body = asObject(response?.['body']);
  const error = asObject(line['error']) ?? asObject(body?.['error']);
  const usage = asObject(body?.['usage']);
  const statusCode = asInteger(response?.['status_code']);
  const errorCode = asText(error?.['code']) ?? asText(error?.['type']);
  return {
    custom_id: customId,
    outcome: toOutcome(statusCode, errorCode, line['error'] != null),
    status_code: statusCode,
    error_code: errorCode,
    ...readUsage(usage),
  };
}

/** Chat and embeddings say prompt and completion, responses say input and output. */
function readUsage(usage: JsonObject | null) {
  const told = (name: string) => asCount(usage?.[name]);
  const detail = (group: string, name: string) =>
    asCount(asObject(usage?.[`${group}_tokens_details`])?.[name]);
  const input_tokens = told('input_tokens') ?? told('prompt_tokens');
  const output_tokens = told('output_tokens') ?? told('completion_tokens');
  const cached = detail('input', 'cached_tokens') ?? detail('prompt', 'cached_tokens');
  const reasoning = detail('output', 'reasoning_tokens') ?? detail('completion', 'reasoning_tokens');
  // What is a part of them is no more than they are.
  return {
    input_tokens,
    output_tokens,
    cached_tokens: cached === null ? null : Math.min(cached, input_tokens ?? 0),
    reasoning_tokens: reasoning === null ? null : Math.min(reasoning, output_tokens ?? 0),
  };
}

/** Source of the codes: OpenAI's batch guide, "Batch expiration" and error file lines. */
function toOutcome(statusCode: number | null, errorCode: string | null, hasError: boolean): RequestOutcome {
  if (errorCode === 'batch_expired') return 'expired';
  if (errorCode === 'batch_cancelled') return 'cancelled';
  // Lines with status 0 stand in output files in the wild: nothing was answered.
  return !hasError && statusCode !== null && statusCode >= 200 && statusCode < 300 ? 'succeeded' : 'failed';
}

function toLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return /^[\0-\x7f]*$/.test(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asInteger(value: unknown): number | null {
  return Number.isInteger(value) && Math.abs(value as number) <= MAX_INTEGER ? (value as number) : null;
}

/** Less than nothing is no number of tokens. */
function asCount(value: unknown): number | null {
  const count = asInteger(value);
  return count !== null && count >= 0 ? count : null;
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, ERROR_CODE_CHARACTERS) : null;
}
