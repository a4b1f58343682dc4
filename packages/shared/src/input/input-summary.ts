import type { BatchRequest } from '../contracts/create-batch.ts';
import type { InputIssue } from '../contracts/error.ts';

/** What a whole input turned out to be. */
export interface InputSummary {
  /** Requests read, good or bad. */
  request_count: number;
  /** Bytes of the input as it would be sent: one request a line, each with a line break. */
  bytes: number;
  /** The URL of the requests, `null` when none was named. */
  endpoint: string | null;
  /** The models named and how many requests name each, most first; at most 100 of a batch's input, 1,000 of a job's. */
  models: { model: string; request_count: number }[];
  /** Embedding inputs, each element of an `input` list counted. */
  embedding_inputs: number;
  /** Of the good requests, see `estimateTokens`. */
  estimated_tokens: number;
  /** Of the good requests that limit their answer, see `maxOutputTokens`. */
  max_output_tokens: number;
  /** Good requests that do not. */
  uncapped_requests: number;
  /** Up to three good requests among the first 20; those of over 10,000 bytes are left out. */
  sample: BatchRequest[];
  /** The first 1,000 problems, by line. */
  issues: InputIssue[];
  /** All problems, those that are not kept included. */
  issue_count: number;
}
