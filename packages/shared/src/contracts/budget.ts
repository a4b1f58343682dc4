import { z } from 'zod';

const dollars = z.number().nonnegative();
const count = z.int().nonnegative();

/** What may be spent, and what happens then. */
export const budgetSchema = z
  .strictObject({
    limit: z.number().min(0.000001).max(900_000_000).describe('US dollars.'),
    warn_at: z.number().gt(0).max(1).default(0.8).describe('The share of the limit that is warned of.'),
    at_limit: z
      .enum(['hold', 'warn'])
      .default('hold')
      .describe(
        'hold: what would pass the limit is not sent, until the limit is raised. warn: an event only.',
      ),
  })
  .meta({ id: 'Budget' });

/** What may be spent, before defaults. */
export type BudgetInput = z.input<typeof budgetSchema>;

/** What may be spent. */
export type Budget = z.output<typeof budgetSchema>;

/** A budget, and how much of it is gone. */
export const budgetStateSchema = z
  .object({
    ...budgetSchema.shape,
    spent: dollars.describe('US dollars that batches cost so far.'),
    committed: dollars.describe('Those, and what the batches under way will cost, estimated.'),
    state: z
      .enum(['ok', 'warned', 'reached'])
      .describe(
        'warned: committed has passed warn_at. reached: it has come to the limit, or something is held.',
      ),
    held: count.describe('Batches that are not sent because of it.'),
  })
  .meta({ id: 'BudgetState' });

/** A budget, and how much of it is gone. */
export type BudgetState = z.infer<typeof budgetStateSchema>;

/** Body of `PUT /api/budget` and `PUT /api/jobs/{job_id}/budget`. */
export const setBudgetSchema = z
  .strictObject({ budget: budgetSchema.nullable().describe('Null: no budget.') })
  .meta({ id: 'SetBudget' });

/** What `GET` and `PUT /api/budget` answer: the budget of each month. */
export const budgetAnswerSchema = z.object({
  success: z.literal(true),
  month: z.string().describe('The month that counts now, in UTC: 2026-11.'),
  spent: dollars.describe('US dollars that batches created this month cost so far.'),
  unpriced_batches: count.describe(
    'Batches of the month that ran and are not in spent: their cost is not known.',
  ),
  budget: budgetStateSchema.nullable(),
});

/** The budget of each month, and the one that runs. */
export type MonthBudget = Omit<z.infer<typeof budgetAnswerSchema>, 'success'>;
