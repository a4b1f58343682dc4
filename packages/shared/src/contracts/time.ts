import { z } from 'zod';

const unixSeconds = z.int().nonnegative().max(253_402_300_799);

/** Unix seconds as a number, or a day as `2026-11-23`, which begins at midnight UTC. */
export const unixSecondsQuery = z
  .union(
    [
      z.iso.date().transform((day) => Date.parse(`${day}T00:00:00Z`) / 1_000),
      unixSeconds,
      // Only digits: no text at all would be 0 otherwise.
      z
        .string()
        .regex(/^\d{1,12}$/)
        .transform(Number)
        .pipe(unixSeconds),
    ],
    { error: 'it has to be Unix seconds, or a day in UTC: 2026-11-23.' },
  )
  .meta({ type: ['integer', 'string'], description: 'Unix seconds, or a day in UTC: 2026-11-23.' });
