import { z } from 'zod';
import { batchFileSchema } from './file.ts';
import { providerIdSchema } from './ids.ts';

const count = z.int().nonnegative();
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })]);

/** What a file is to a job. */
export const FILE_ROLES = ['input', 'output', 'error'] as const;

/** What a file is to a job. */
export type FileRole = (typeof FILE_ROLES)[number];

/**
 * Why a file is needed. `active_batch`: a batch that has not ended reads it. `waiting_submission`: a submission will send it.
 * `results_not_collected`: results that are still to be brought here. `only_copy`: nothing of it is here, and a job is read
 * from it. `job_in_progress`: the copy here is that of a job that has not ended.
 */
export const FILE_NEEDS = [
  'active_batch',
  'waiting_submission',
  'results_not_collected',
  'only_copy',
  'job_in_progress',
] as const;

/** Why a file is needed. */
export type FileNeed = (typeof FILE_NEEDS)[number];

/** Query of `GET /api/files`. Newest first. */
export const listFilesSchema = z.object({
  limit: z.coerce.number<number | string>().int().min(1).max(100).default(50),
  after: z
    .string()
    .max(600)
    .regex(/^\d{1,15}:\S+$/, 'it is no place in the list. Take next of the page before.')
    .optional()
    .describe('The `next` of the page before.'),
  purpose: z.enum(['batch', 'batch_output']).optional().describe('batch: inputs. batch_output: results.'),
  q: z.string().min(1).max(200).optional().describe('Text to find in the name or the id.'),
  job_id: providerIdSchema.optional().describe('The files of this job only.'),
});

/** What `files` takes, before defaults. */
export type ListFilesInput = z.input<typeof listFilesSchema>;

/** What `files` takes, after defaults. */
export type ListFiles = z.output<typeof listFilesSchema>;

/** A file, where it is, and what uses it. */
export const fileViewSchema = z
  .object({
    ...batchFileSchema.omit({ status: true }).shape,
    filename: z.string().nullable().describe('Null where only the provider knows it.'),
    bytes: count.nullable().describe('Null where only the provider knows them.'),
    created_at: z
      .int()
      .describe('Unix time in seconds; that of its batch or job where the provider has not been asked.'),
    provider: z
      .enum(['openai', 'local'])
      .nullable()
      .describe('Null for the input of a job that went to the provider in parts.'),
    at_provider: z
      .boolean()
      .describe('Whether it should be there: it has not expired, and is not known to be deleted.'),
    here: count.nullable().describe('Bytes of our copy on disk.'),
    role: z.enum(FILE_ROLES).optional().describe('What it is to the job that was asked for.'),
    used_by: z
      .array(z.object({ job_id: z.string(), name: z.string().nullable(), role: z.enum(FILE_ROLES) }))
      .describe(
        'Jobs that have it, at most three. `name` is theirs, else the `batch_name` of their metadata.',
      ),
    used_by_count: count.describe('How many these are; 1,000 stands for that many or more.'),
    needed: z.boolean().describe('Whether something needs it: it is not deleted then.'),
    needed_by: z.enum(FILE_NEEDS).nullable(),
  })
  .meta({ id: 'File' });

/** A file, where it is, and what uses it. */
export type FileView = z.infer<typeof fileViewSchema>;

/** What `GET /api/files` answers. */
export const listFilesAnswerSchema = z.object({
  success: z.literal(true),
  object: z.literal('list'),
  data: z.array(fileViewSchema),
  has_more: z.boolean(),
  next: z.string().nullable().describe('What `after` is for the next page; null on the last one.'),
});

/** What `files` answers. */
export type ListFilesAnswer = z.infer<typeof listFilesAnswerSchema>;

const sum = z.object({ files: count, bytes: count });

/** How many files there are, and their bytes as far as these are known. */
export const fileTotalsSchema = z
  .object({
    at_provider: sum,
    here: sum,
    cleanable: sum.describe('What POST /api/files/clean-up would delete, in both places.'),
  })
  .meta({ id: 'FileTotals' });

/** How many files there are. */
export type FileTotals = z.infer<typeof fileTotalsSchema>;

/** What `GET /api/files/totals` answers. */
export const fileTotalsAnswerSchema = z.object({ success: z.literal(true), totals: fileTotalsSchema });

/** Names one file. */
export const fileIdSchema = z.object({ file_id: providerIdSchema });

/** Query of `DELETE /api/files/{file_id}`. */
export const deleteFileQuerySchema = z.object({
  where: z
    .enum(['provider', 'here', 'both'])
    .default('both')
    .describe('Which of the two is deleted: the file at the provider, our copy, or both.'),
});

/** Where a file is deleted. */
export type DeleteFileWhere = z.output<typeof deleteFileQuerySchema>['where'];

/** What `DELETE /api/files/{file_id}` answers. */
export const deleteFileAnswerSchema = z.object({
  success: z.literal(true),
  id: z.string(),
  deleted: z
    .object({ provider: z.boolean(), here: z.boolean() })
    .describe('Where it was deleted; false where it was not asked for, or was gone already.'),
});

/** What `delete` answers. */
export type DeleteFileAnswer = z.infer<typeof deleteFileAnswerSchema>;

/** Body of `POST /api/files/clean-up`. */
export const cleanUpFilesSchema = z.strictObject({
  dry_run: flag.default(false).describe('Only say what would be deleted.'),
});

/** What `clean-up` takes. */
export type CleanUpFiles = z.output<typeof cleanUpFilesSchema>;

/** What `POST /api/files/clean-up` answers. */
export const cleanUpFilesAnswerSchema = z.object({
  success: z.literal(true),
  dry_run: z.boolean(),
  files: count.describe('Files that were deleted, or with dry_run would be.'),
  bytes: count.describe('Their bytes, those at the provider and those here.'),
  failed: z
    .array(z.object({ file_id: z.string(), code: z.string(), message: z.string() }))
    .describe('Files that the provider did not delete.'),
  has_more: z.boolean().describe('There may be more: a call deletes about 100 files. Call it again.'),
});

/** What `clean-up` answers. */
export type CleanUpFilesAnswer = z.infer<typeof cleanUpFilesAnswerSchema>;
