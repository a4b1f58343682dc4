import { answerers } from '../answers/answer.ts';
import type { Endpoint } from '../endpoints.ts';
import type { RowFault } from '../faults/fault-schema.ts';
import { createRowFaultMatcher } from '../faults/match-row-fault.ts';
import { maxRequests, maxValidationErrors } from '../limits.ts';
import { lineText } from '../storage/line-text.ts';
import { readLines } from '../storage/read-lines.ts';
import { createTimeSlice } from '../time-slice.ts';
import { createLineGrouper } from './line-groups.ts';
import { createRequestChecker } from './request-checker.ts';
import { validationErrors, type LineError, type ValidationError } from './validation-error.ts';

/** What one reading of an input file tells. */
export interface InputScan {
  errors: ValidationError[];
  /** Requests in the file. */
  total: number;
  model: string | null;
  /** Requests that will fail, and that will get no line at all: for showing progress. */
  failing: number;
  missing: number;
  /** Where the lines are: three numbers a group, namely offset and length in bytes, and requests. */
  groups: number[];
}

/** What to scan. */
export interface ScanOptions {
  path: string;
  endpoint: Endpoint;
  rowFaults: readonly RowFault[];
}

/** Reads and validates a whole input file, keeping at most the first 100 errors. Throws the signal's reason on abort. */
export async function scanInput(options: ScanOptions, signal: AbortSignal): Promise<InputScan> {
  const { path, endpoint, rowFaults } = options;
  const slice = createTimeSlice(signal);
  const checker = createRequestChecker(endpoint);
  const grouper = createLineGrouper();
  const faultOf = createRowFaultMatcher(rowFaults);
  const scan: InputScan = {
    errors: [],
    total: 0,
    model: null,
    failing: 0,
    missing: 0,
    groups: grouper.groups,
  };

  function report(line: number | null, found: readonly LineError[]): void {
    for (const error of found)
      if (scan.errors.length < maxValidationErrors) scan.errors.push({ ...error, line });
  }

  function checkLine(number: number, text: string): void {
    const request = checker.check(text);
    if (Array.isArray(request)) return report(number, request);
    const fault = faultOf(request.customId);
    if (fault?.kind === 'row_missing') scan.missing++;
    else if (fault && willFail(fault)) scan.failing++;
    else if ((!fault || fault.kind === 'row_usage') && answerers[endpoint].check(request.body))
      scan.failing++;
  }

  for await (const lines of readLines(path)) {
    for (const { number, offset, bytes } of lines) {
      const text = bytes && lineText(bytes);
      if (text === '') continue;
      if (++scan.total > maxRequests) {
        return {
          ...scan,
          errors: [{ ...validationErrors.tooManyRequests(), line: null }],
          total: 0,
          groups: [],
        };
      }
      if (text === null || bytes === null) report(number, [validationErrors.lineTooLong()]);
      else {
        grouper.add(offset, bytes.length);
        checkLine(number, text);
      }
      if (slice.isOver()) await slice.giveWay();
    }
    if (scan.errors.length >= maxValidationErrors) break;
  }
  if (scan.total === 0) report(null, [validationErrors.emptyFile()]);
  return { ...scan, model: checker.model };
}

function willFail(fault: RowFault): boolean {
  if (fault.kind === 'row_text') return fault.file === 'error';
  return fault.kind === 'row_fail' || fault.kind === 'row_expire';
}
