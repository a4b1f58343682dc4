import { errorAnswerSchema } from '@batchdesk/shared';
import { z } from 'zod';

/** The answers that every route may give. */
export const errors = { '4xx': errorAnswerSchema, '5xx': errorAnswerSchema };

/** Where a route stands in the description of the API. */
export const jobsTag = { tags: ['jobs'] };
export const batchTag = { tags: ['batch'] };
export const filesTag = { tags: ['files'] };
export const serverTag = { tags: ['server'] };

const jsonl = z.any().meta({ type: 'string', description: 'One JSON object a line.' });
const csv = z.any().meta({ type: 'string', description: 'One row a request, after a row of names.' });

/** A table as an answer. */
export const csvFile = {
  description: 'The file. The first row has the names of the columns.',
  content: { 'text/csv': { schema: z.any().meta({ type: 'string' }) } },
};

/** JSONL as an answer. */
export const jsonlContent = { 'application/jsonl': { schema: jsonl } };

/** What a search finds as an answer. */
export const matches = { description: 'The matches, as they are found.', content: jsonlContent };

/** Results as an answer. */
export const resultFile = {
  description: 'The file.',
  content: { ...jsonlContent, 'text/csv': { schema: csv } },
};

/** A file as an answer. */
export const jsonlFile = { description: 'The file.', content: jsonlContent };
