import type { ModelLimitView } from '@batchdesk/shared';
import { For } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { LimitRow } from './limit-row.tsx';

interface LimitTableProps {
  limits: readonly ModelLimitView[];
  onChange: (limit: ModelLimitView) => void;
  onForget: (limit: ModelLimitView) => void;
}

/** Models and what may be enqueued of them, one a row. */
export function LimitTable(props: LimitTableProps) {
  const i18n = useI18n();
  return (
    <div class="table-place">
      <table class="table table-cards">
        <caption class="visually-hidden">{i18n.t('settings.limitsHint')}</caption>
        <thead>
          <tr>
            <th scope="col">{i18n.t('costs.model')}</th>
            <th scope="col" class="number">
              {i18n.t('settings.limit')}
            </th>
            <th scope="col">{i18n.t('settings.enqueued')}</th>
            <th scope="col" class="number">
              {i18n.t('settings.waiting')}
            </th>
            <th scope="col">{i18n.t('settings.blockedUntil')}</th>
            <th scope="col">
              <span class="visually-hidden">{i18n.t('costs.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.limits}>
            {(limit) => (
              <LimitRow
                limit={limit}
                onChange={() => props.onChange(limit)}
                onForget={() => props.onForget(limit)}
              />
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
