import { errorAnswerSchema } from '@batchdesk/shared';

/** The answers that every route may give. */
export const errors = { '4xx': errorAnswerSchema, '5xx': errorAnswerSchema };

/** Where a route stands in the description of the API. */
export const batchTag = { tags: ['batch'] };
export const serverTag = { tags: ['server'] };
