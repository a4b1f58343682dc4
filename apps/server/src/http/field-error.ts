import { BatchdeskError } from '@batchdesk/shared';
import type { BatchdeskErrorOptions, ErrorCode, InputIssue } from '@batchdesk/shared';
import type { core, z } from 'zod';

/**
 * Checks data that did not come through a route's own check.
 *
 * @throws {BatchdeskError} that names the fields which are wrong
 */
export function parseWith<T extends z.ZodType>(schema: T, data: unknown): z.output<T> {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw toFieldError(parsed.error, data);
  return parsed.data;
}

/** The error that names the fields of `data` that a schema refused; the first one in its sentence. */
export function toFieldError({ issues }: core.$ZodError, data: unknown): BatchdeskError {
  const errors = issues.map((issue) => describe(issue, data));
  const first = errors[0];
  if (!first) throw new Error('A schema refused data without an issue.');
  return new BatchdeskError(
    first.code,
    errors.length > 1 ? { ...first.options, issues: toIssues(errors) } : first.options,
  );
}

interface FieldError {
  code: ErrorCode;
  options: BatchdeskErrorOptions & { param: string };
}

function describe(issue: core.$ZodIssue, data: unknown): FieldError {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return { code: 'unknown_parameter', options: { param: [...path, issue.keys[0]].join('.') } };
  }
  const param = path.join('.') || 'body';
  if (valueAt(data, issue.path) === undefined)
    return { code: 'missing_required_parameter', options: { param } };
  return { code: 'invalid_value', options: { param, details: { reason: endSentence(issue.message) } } };
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    data,
  );
}

function endSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function toIssues(errors: FieldError[]): InputIssue[] {
  return errors.map(({ code, options }) => {
    const { message, param } = new BatchdeskError(code, options);
    return { code, message, param, line: null, custom_id: null };
  });
}
