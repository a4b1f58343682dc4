import { z } from 'zod';

/** Unix seconds as a number, or a day as `2026-11-23`, which begins at midnight UTC. */
export const unixSecondsQuery = z
  .union(
    [
      z.iso.date().transform((day) => Date.parse(`${day}T00:00:00Z`) / 1_000),
      z.coerce.number<number | string>().int().nonnegative().max(253_402_300_799),
    ],
    { error: 'it has to be Unix seconds, or a day in UTC: 2026-11-23.' },
  )
  .meta({ type: ['integer', 'string'], description: 'Unix seconds, or a day in UTC: 2026-11-23.' });
