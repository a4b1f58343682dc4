import { toUnixSeconds } from '../time.ts';
import { countRan, findBatchFault, isTerminal, type BatchRecord, type BatchStatus } from './batch-record.ts';
import type { ValidationError } from './validation-error.ts';

/** A batch as the API shows it: every field is always there, null where there is nothing to say. Times in Unix seconds. */
export interface BatchObject {
  id: string;
  object: 'batch';
  endpoint: string;
  model: string | null;
  errors: { object: 'list'; data: ValidationError[] } | null;
  input_file_id: string;
  completion_window: '24h';
  status: BatchStatus;
  output_file_id: string | null;
  error_file_id: string | null;
  created_at: number;
  in_progress_at: number | null;
  expires_at: number;
  finalizing_at: number | null;
  completed_at: number | null;
  failed_at: number | null;
  expired_at: number | null;
  cancelling_at: number | null;
  cancelled_at: number | null;
  request_counts: RequestCounts;
  /** Not there for a server that does not count tokens. */
  usage?: BatchUsage;
  metadata: Record<string, string> | null;
}

interface RequestCounts {
  total: number;
  completed: number;
  failed: number;
}

interface BatchUsage {
  input_tokens: number;
  input_tokens_details: { cached_tokens: number };
  output_tokens: number;
  output_tokens_details: { reasoning_tokens: number };
  total_tokens: number;
}

/** Shows a batch as it is at `nowMs`, when running all its requests takes `inProgressMs`. */
export function toBatchObject(record: BatchRecord, inProgressMs: number, nowMs: number): BatchObject {
  const errors = record.status === 'failed' ? (record.scan?.errors ?? []) : [];
  return {
    id: record.id,
    object: 'batch',
    endpoint: record.endpoint,
    model: record.status === 'validating' ? null : (record.scan?.model ?? null),
    errors: errors.length > 0 ? { object: 'list', data: errors } : null,
    input_file_id: record.inputFileId,
    completion_window: '24h',
    status: record.status,
    ...fileIds(record, nowMs),
    created_at: toUnixSeconds(record.createdAtMs),
    in_progress_at: secondsOrNull(record.inProgressAtMs),
    expires_at: toUnixSeconds(record.expiresAtMs),
    finalizing_at: secondsOrNull(record.finalizingAtMs),
    completed_at: secondsOrNull(record.completedAtMs),
    failed_at: secondsOrNull(record.failedAtMs),
    expired_at: secondsOrNull(record.expiredAtMs),
    cancelling_at: secondsOrNull(record.cancellingAtMs),
    cancelled_at: secondsOrNull(record.cancelledAtMs),
    request_counts: requestCounts(record, inProgressMs, nowMs),
    ...usage(record, nowMs),
    metadata: record.metadata,
  };
}

function fileIds(record: BatchRecord, nowMs: number): Pick<BatchObject, 'output_file_id' | 'error_file_id'> {
  const none = { output_file_id: null, error_file_id: null };
  if (!record.result || !isTerminal(record.status)) return none;
  const late = findBatchFault(record, 'batch_late_file_ids');
  const isLate = late && nowMs < endedAtMs(record) + late.delayMs;
  if (findBatchFault(record, 'batch_null_file_ids') || isLate) return none;
  const empty = findBatchFault(record, 'batch_empty_file_ids');
  if (empty?.which === 'all') return { output_file_id: '', error_file_id: '' };
  const absent = empty ? '' : null;
  return {
    output_file_id: record.result.outputFileId ?? absent,
    error_file_id: record.result.errorFileId ?? absent,
  };
}

function requestCounts(record: BatchRecord, inProgressMs: number, nowMs: number): RequestCounts {
  const { scan, result, status } = record;
  if (!scan?.total || scan.errors.length > 0 || status === 'validating' || status === 'failed') {
    return { total: 0, completed: 0, failed: 0 };
  }
  if (result && isTerminal(status)) {
    const { completed, failed } = result;
    return {
      total: scan.total,
      completed,
      failed,
      ...definedOnly(findBatchFault(record, 'batch_request_counts')?.counts),
    };
  }
  // Which requests fail is known only when they are answered; until then they are taken as spread evenly.
  const ran = countRan(record, inProgressMs, nowMs);
  const failed = Math.floor((scan.failing * ran) / scan.total);
  const missing = Math.floor((scan.missing * ran) / scan.total);
  return { total: scan.total, completed: ran - failed - missing, failed };
}

function definedOnly(
  counts: Partial<Record<keyof RequestCounts, number | undefined>> = {},
): Partial<RequestCounts> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined));
}

function usage(record: BatchRecord, nowMs: number): Pick<BatchObject, 'usage'> {
  const { result, status } = record;
  const fault = findBatchFault(record, 'batch_usage');
  const isUntold = fault && (fault.delayMs === undefined || nowMs < endedAtMs(record) + fault.delayMs);
  if (isUntold && fault.usage === 'absent') return {};
  const isTold = result && isTerminal(status) && !isUntold;
  const { input, cached = 0, output, reasoning = 0 } = isTold ? result.tokens : { input: 0, output: 0 };
  return {
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cached },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: reasoning },
      total_tokens: input + output,
    },
  };
}

/** Infinity while it has not ended. */
function endedAtMs({ completedAtMs, expiredAtMs, cancelledAtMs }: BatchRecord): number {
  return completedAtMs ?? expiredAtMs ?? cancelledAtMs ?? Infinity;
}

function secondsOrNull(ms: number | undefined): number | null {
  return ms === undefined ? null : toUnixSeconds(ms);
}
