import { z } from 'zod';

/** Something that is as it should be, and still has to be known. */
export const warningSchema = z.object({ code: z.string(), message: z.string() });
