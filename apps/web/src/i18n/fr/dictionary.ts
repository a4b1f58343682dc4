import type { Dictionary } from '../dictionary.ts';
import { ERRORS_FR } from './errors.ts';
import { fr } from './fr.ts';

/** French. */
export const dictionary: Dictionary = { texts: fr, errors: ERRORS_FR };
