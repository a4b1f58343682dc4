import type * as z from 'zod';

import { jsonTypeName } from '../answers/json-object.ts';
import { badRequest, type ApiError } from '../api-error.ts';

type Issue = z.core.$ZodIssue;

/** Parses what a caller sent; the first thing wrong with it becomes a 400 in OpenAI's words. An absent body is `{}`. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value ?? {}, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue ? toApiError(issue) : badRequest('Invalid request.');
}

function toApiError(issue: Issue): ApiError {
  const param = issue.path.join('.');
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) {
    return badRequest(`Missing required parameter: '${param}'.`, {
      param,
      code: 'missing_required_parameter',
    });
  }
  switch (issue.code) {
    case 'invalid_type': {
      const got = jsonTypeName(issue.input);
      const message = `Invalid type for '${param}': expected ${withArticle(issue.expected)}, but got ${got} instead.`;
      return badRequest(message, { param, code: 'invalid_type' });
    }
    case 'invalid_value':
      return invalidChoice(param, issue.input, issue.values);
    case 'too_big': {
      const message = `Invalid '${param}': above maximum value. Expected a value <= ${issue.maximum}.`;
      return badRequest(message, { param, code: 'integer_above_max_value' });
    }
    case 'too_small': {
      const message = `Invalid '${param}': below minimum value. Expected a value >= ${issue.minimum}.`;
      return badRequest(message, { param, code: 'integer_below_min_value' });
    }
    default: {
      const where = param === '' ? 'the body' : `'${param}'`;
      return badRequest(`Invalid ${where}: ${issue.message}`, {
        param: param || null,
        code: 'invalid_value',
      });
    }
  }
}

/** The 400 for a value that is none of those supported. */
export function invalidChoice(param: string, value: unknown, supported: readonly unknown[]): ApiError {
  const shown = typeof value === 'string' ? value.slice(0, 100).toWellFormed() : jsonTypeName(value);
  const list = supported.map((choice) => `'${String(choice)}'`).join(', ');
  const verb = supported.length === 1 ? 'Supported value is' : 'Supported values are';
  return badRequest(`Invalid value: '${shown}'. ${verb}: ${list}.`, { param, code: 'invalid_value' });
}

function withArticle(expected: string): string {
  const name = expected === 'int' ? 'integer' : expected === 'record' ? 'object' : expected;
  return /^[aeio]/.test(name) ? `an ${name}` : `a ${name}`;
}
