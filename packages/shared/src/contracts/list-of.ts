import { z } from 'zod';

/** A list that REST sends as text with commas and tRPC as an array or such a text. */
export function listOf<T extends string>(
  item: z.ZodType<T, string>,
  { min = 0, max = Infinity }: { min?: number; max?: number } = {},
): z.ZodType<T[], string | readonly string[]> {
  const items = z.array(item).min(min).max(max);
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
    items,
  ) as unknown as z.ZodType<T[], string | readonly string[]>;
}

/** How such a list stands in the description of the API: as a text. */
export function asText(description: string) {
  return { type: 'string' as const, items: undefined, minItems: undefined, maxItems: undefined, description };
}
