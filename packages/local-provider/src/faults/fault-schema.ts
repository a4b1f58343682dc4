import * as z from 'zod';

/** The operations of the API, as the faults and the call log name them. */
export const operations = [
  'files.create',
  'files.list',
  'files.retrieve',
  'files.content',
  'files.delete',
  'batches.create',
  'batches.retrieve',
  'batches.list',
  'batches.cancel',
] as const;

/** One operation of the API. */
export type Operation = (typeof operations)[number];

const milliseconds = z.number().int().min(0);
const tokens = z.number().int().min(0);
const id = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/, 'an id has 1 to 128 letters, digits, _ and -');

/** Which of the matching occasions are struck: `skip` go by first, then `times` are used up. */
const occasions = { times: z.number().int().min(1).default(1), skip: z.number().int().min(0).default(0) };
const call = { on: z.enum([...operations, '*']), ...occasions };
/** A row is matched by its custom_id, where `*` stands for any text. Without `times`, every later batch is struck. */
const row = { customId: z.string().min(1), times: z.number().int().min(1).optional() };

/** A fault in answering a call. */
export const callFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rate_limit'),
    ...call,
    retryAfterSeconds: z.number().int().min(0).default(1),
  }),
  z.strictObject({
    kind: z.literal('server_error'),
    ...call,
    status: z.union([z.literal(500), z.literal(502), z.literal(503)]).default(500),
  }),
  z.strictObject({ kind: z.literal('unauthorized'), ...call }),
  z.strictObject({ kind: z.literal('insufficient_quota'), ...call }),
  z.strictObject({ kind: z.literal('reset_before'), ...call }),
  z.strictObject({ kind: z.literal('reset_after'), ...call }),
  z.strictObject({ kind: z.literal('slow'), ...call, delayMs: milliseconds }),
  z.strictObject({
    kind: z.literal('truncate'),
    on: z.literal('files.content').default('files.content'),
    ...occasions,
    bytes: z.number().int().min(0),
  }),
  z.strictObject({
    kind: z.literal('ignore_range'),
    on: z.literal('files.content').default('files.content'),
    ...occasions,
  }),
  z.strictObject({
    kind: z.literal('not_visible'),
    on: z.literal('files.create').default('files.create'),
    ...occasions,
    delayMs: milliseconds.optional(),
    calls: z.number().int().min(1).optional(),
  }),
]);

/** A fault in what becomes of single requests of a batch. */
export const rowFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('row_fail'),
    ...row,
    statusCode: z.number().int().min(400).max(599).default(500),
    code: z.string().nullable().default('server_error'),
    message: z.string().default('The server had an error while processing your request.'),
  }),
  z.strictObject({ kind: z.literal('row_expire'), ...row }),
  z.strictObject({ kind: z.literal('row_missing'), ...row }),
  z.strictObject({ kind: z.literal('row_status_zero'), ...row }),
  z.strictObject({
    kind: z.literal('row_text'),
    ...row,
    file: z.enum(['output', 'error']).default('output'),
    text: z.string(),
  }),
  z.strictObject({
    kind: z.literal('row_usage'),
    ...row,
    inputTokens: tokens.optional(),
    cachedTokens: tokens.default(0),
    outputTokens: tokens.optional(),
    reasoningTokens: tokens.default(0),
  }),
]);

/** A fault in the life of a batch. */
export const batchFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('batch_token_limit_exceeded'), ...occasions }),
  z.strictObject({
    kind: z.literal('batch_failed'),
    ...occasions,
    errors: z
      .array(
        z.strictObject({
          code: z.string(),
          message: z.string(),
          param: z.string().nullable().default(null),
          line: z.number().int().min(1).nullable().default(null),
        }),
      )
      .min(1),
  }),
  z.strictObject({ kind: z.literal('batch_null_file_ids'), ...occasions }),
  z.strictObject({
    kind: z.literal('batch_empty_file_ids'),
    ...occasions,
    which: z.enum(['all', 'absent']).default('all'),
  }),
  z.strictObject({ kind: z.literal('batch_late_file_ids'), ...occasions, delayMs: milliseconds }),
  z.strictObject({
    kind: z.literal('batch_stuck'),
    ...occasions,
    status: z.enum(['validating', 'in_progress', 'finalizing', 'cancelling']),
  }),
  z.strictObject({
    kind: z.literal('batch_request_counts'),
    ...occasions,
    counts: z.strictObject({
      total: z.number().int().optional(),
      completed: z.number().int().optional(),
      failed: z.number().int().optional(),
    }),
  }),
  z.strictObject({
    kind: z.literal('batch_usage'),
    ...occasions,
    usage: z.enum(['absent', 'zero']).default('absent'),
    delayMs: milliseconds.optional(),
  }),
]);

/** Any fault. */
export const faultSchema = z.discriminatedUnion('kind', [callFaultSchema, rowFaultSchema, batchFaultSchema]);

/** The ids to hand out next. They also name files on disk, hence the narrow alphabet. */
export const nextIdsSchema = z.strictObject({ batch: z.array(id).optional(), file: z.array(id).optional() });

/** Which stuck batch to release; all of them without an id. */
export const releaseSchema = z.strictObject({ batchId: z.string().optional() });

/** A fault in answering a call, with all defaults filled in. */
export type CallFault = z.output<typeof callFaultSchema>;
/** A fault in what becomes of single requests, with all defaults filled in. */
export type RowFault = z.output<typeof rowFaultSchema>;
/** A fault in the life of a batch, with all defaults filled in. */
export type BatchFault = z.output<typeof batchFaultSchema>;
/** A fault as it is kept, with all defaults filled in. */
export type Fault = z.output<typeof faultSchema>;
/** A fault as one writes it: what has a default may be left out. */
export type FaultInput = z.input<typeof faultSchema>;
/** Scripted ids, in the order they are handed out. */
export type NextIds = z.input<typeof nextIdsSchema>;
