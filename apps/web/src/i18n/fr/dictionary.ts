import type { Dictionary } from '../dictionary.ts';
import { ERRORS_FR } from './errors.ts';
import { core } from './core.ts';

/** French. */
export const dictionary: Dictionary = { texts: core, errors: ERRORS_FR };
