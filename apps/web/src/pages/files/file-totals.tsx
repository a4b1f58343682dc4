import type { FileTotals as Totals } from '@batchdesk/shared';
import { For } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { Loaded } from '../../components/loaded.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';

const SUMS = [
  ['at_provider', 'files.atProvider'],
  ['here', 'files.here'],
  ['cleanable', 'files.cleanable'],
] as const satisfies [keyof Totals, string][];

/** How many files there are, how large, and what of it nothing needs. */
export function FileTotals() {
  const i18n = useI18n();
  const app = useApp();
  const totals = useQuery(() => app.queries.fileTotals());
  return (
    <section aria-label={i18n.t('files.totals')}>
      <Loaded query={totals} lines={1}>
        {(known) => (
          <dl class="file-totals">
            <For each={SUMS}>
              {([name, label]) => (
                <div>
                  <dt>{i18n.t(label)}</dt>
                  <dd>
                    {i18n.t('files.sum', known()[name].files, i18n.format().bytes(known()[name].bytes))}
                  </dd>
                </div>
              )}
            </For>
          </dl>
        )}
      </Loaded>
    </section>
  );
}
