import { z } from 'zod';

/**
 * An id that the provider gave. Servers form them differently; none has what would lead to another path when it stands
 * in an address.
 */
export const providerIdSchema = z
  .string()
  .max(500)
  .regex(/^(?!\.{1,2}$)[^\s/\\?#%]+$/, 'it is no id. Take it from an answer as it is.');
