import { BatchdeskError, ERRORS } from '@batchdesk/shared';
import { TRPCError, initTRPC } from '@trpc/server';
import { z } from 'zod';
import { toErrorObject } from '../http/error-answer.ts';
import { toFieldError } from '../http/field-error.ts';
import { toBatchdeskError } from '../http/foreign-error.ts';
import type { Services, StagedInput } from '../services.ts';

/** What a procedure has at hand. */
export interface Context {
  services: Services;
  requestId: string;
  /** The requests that came with the call, if they were read apart from it. */
  stagedInput: StagedInput | null;
  /** The key under which the call may be sent again, if there is one. Throws `invalid_value`. */
  idempotencyKey: () => string | undefined;
}

const t = initTRPC.context<Context>().create({
  isDev: false, // otherwise answers carry stack traces
  errorFormatter: ({ shape, error, ctx, input }) => {
    const known = toKnownError(error, input);
    const object = toErrorObject(known, ctx?.requestId ?? '');
    return { ...shape, message: known.message, data: { ...shape.data, error: object } };
  },
});

/** Gives whatever a procedure throws the tRPC code of the catalog. */
const withCatalogCodes = t.middleware(async ({ next, getRawInput }) => {
  const result = await next();
  if (result.ok) return result;
  const known = toKnownError(result.error, await getRawInput());
  throw new TRPCError({ code: ERRORS[known.code].trpc, message: known.message, cause: known });
});

/** The error of the catalog behind a tRPC error. */
export function toKnownError(error: TRPCError, input: unknown): BatchdeskError {
  const { cause, code } = error;
  if (cause instanceof z.core.$ZodError) return toFieldError(cause, input);
  if (cause instanceof SyntaxError && code !== 'INTERNAL_SERVER_ERROR') {
    const details = { reason: 'it is not valid JSON.' };
    return new BatchdeskError('invalid_value', { param: 'body', details, cause });
  }
  if (cause !== undefined) return toBatchdeskError(cause);
  if (code === 'NOT_FOUND') {
    return new BatchdeskError('route_not_found', { details: { method: 'tRPC', path: '/trpc' } });
  }
  return toBatchdeskError(Object.assign(error, { statusCode: code === 'INTERNAL_SERVER_ERROR' ? 500 : 400 }));
}

/** Makes the router. */
export const router = t.router;

/** A procedure whose errors are those of the catalog. */
export const procedure = t.procedure.use(withCatalogCodes);
