import { ERRORS } from '@batchdesk/shared';
import type { ErrorCode } from '@batchdesk/shared';
import type { Dictionary } from '../dictionary.ts';
import { core } from './core.ts';

const messages = Object.entries(ERRORS).map(([code, { message }]) => [code, message]);

/** English. */
export const dictionary: Dictionary = {
  texts: core,
  errors: Object.fromEntries(messages) as Record<ErrorCode, string>,
};
