import { z } from 'zod';

/** One thing that is wrong with an input: OpenAI's `errors.data` item, and the request it is about. */
export const inputIssueSchema = z.object({
  code: z.string(),
  message: z.string(),
  param: z.string().nullable(),
  line: z.int().nullable().describe('1-based line of a file, or element of requests.'),
  custom_id: z.string().nullable(),
  kind: z
    .string()
    .optional()
    .describe('Which sentence message is: several may have one code. Of problems of requests only.'),
  details: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe('What is filled into the sentence, by name: for those who say it in another language.'),
});

/** One thing that is wrong with an input. */
export type InputIssue = z.infer<typeof inputIssueSchema>;

/** OpenAI's error object, with the details of its sentence, the issues and the request id added. */
export const errorObjectSchema = z
  .object({
    code: z.string().describe('A code of the catalog.'),
    message: z.string().describe('What is wrong and what to do.'),
    type: z.string(),
    param: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    issues: z
      .array(inputIssueSchema)
      .optional()
      .describe('At most 1,000; details.count tells how many there are.'),
    request_id: z.string(),
  })
  .meta({ id: 'Error' });

/** OpenAI's error object with what we add. */
export type ErrorObject = z.infer<typeof errorObjectSchema>;

/** What REST answers when something is wrong. */
export const errorAnswerSchema = z.object({ success: z.literal(false), error: errorObjectSchema });
