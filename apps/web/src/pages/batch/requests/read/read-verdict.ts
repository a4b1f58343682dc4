import type { Verdict } from './body-view.ts';
import { asNumber, asRecord } from './json-shape.ts';

/** What a moderation says of one input. */
export function readVerdict(result: unknown): Verdict {
  const record = asRecord(result);
  const flags = asRecord(record?.['categories']) ?? {};
  const scores = asRecord(record?.['category_scores']) ?? {};
  const names = [...new Set([...Object.keys(flags), ...Object.keys(scores)])];
  const categories = names.map((name) => ({
    name,
    isFlagged: flags[name] === true,
    score: asNumber(scores[name]),
  }));
  categories.sort(
    (one, other) => Number(other.isFlagged) - Number(one.isFlagged) || (other.score ?? 0) - (one.score ?? 0),
  );
  return {
    isFlagged: record?.['flagged'] === true || categories.some(({ isFlagged }) => isFlagged),
    categories,
  };
}
