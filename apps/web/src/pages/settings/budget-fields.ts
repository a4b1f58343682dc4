import type { BudgetInput, BudgetState } from '@batchdesk/shared';
import { readDecimal, writeDecimal } from '../../format/decimal.ts';

/** What the form of a budget holds, as it was typed. */
export interface BudgetFields {
  /** US dollars. */
  limit: string;
  /** Percent of the limit. */
  warnAt: string;
  atLimit: BudgetState['at_limit'];
}

/** What is wrong with which field. */
export interface BudgetProblems {
  limit?: 'noLimit';
  warnAt?: 'noShare';
}

const PERCENT = 100;
const WARN_AT = 0.8;

/** The fields of a budget; those of a new one without it. */
export function toBudgetFields(budget: BudgetState | null, language: string): BudgetFields {
  const percent = Number(((budget?.warn_at ?? WARN_AT) * PERCENT).toFixed(2));
  return {
    limit: budget ? writeDecimal(budget.limit, language) : '',
    warnAt: writeDecimal(percent, language),
    atLimit: budget?.at_limit ?? 'hold',
  };
}

/** The budget that fields say, or what is wrong with them. */
export function readBudgetFields(
  fields: BudgetFields,
): { budget: BudgetInput } | { problems: BudgetProblems } {
  const limit = readDecimal(fields.limit);
  const percent = readDecimal(fields.warnAt);
  const problems: BudgetProblems = {
    ...(limit > 0 ? {} : { limit: 'noLimit' }),
    ...(percent > 0 && percent <= PERCENT ? {} : { warnAt: 'noShare' }),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return { budget: { limit, warn_at: percent / PERCENT, at_limit: fields.atLimit } };
}
