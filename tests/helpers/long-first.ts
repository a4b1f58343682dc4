import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Files of half a minute and more, the longest first: begun last, they would run alone while other processors idle. */
const LONG = [
  'faults/random-kills',
  'faults/kill-steps',
  'faults/submission',
  'faults/surroundings',
  'faults/every-fault',
  'faults/restart',
  'faults/doubt',
  'e2e/batch',
  'e2e/batches',
  'e2e/batches-actions',
  'e2e/shell',
  'e2e/create',
  'e2e/create-problems',
  'e2e/accessibility',
  'e2e/batch-results',
  'faults/capacity',
  'api/jobs-list',
];

/** Runs long files first, the others as Vitest has it. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((name) => moduleId.includes(`/${name}.test.ts`));
      return place === -1 ? LONG.length : place;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- Vitest's own
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => rank(a) - rank(b));
  }
}
