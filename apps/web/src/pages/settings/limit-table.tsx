import type { ModelLimitView } from '@batchdesk/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { LimitRow } from './limit-row.tsx';
import { SettingsTable } from './settings-table.tsx';

interface LimitTableProps {
  limits: readonly ModelLimitView[];
  onChange: (limit: ModelLimitView) => void;
  onForget: (limit: ModelLimitView) => void;
}

/** Models and what may be enqueued of them, one a row. */
export function LimitTable(props: LimitTableProps) {
  const i18n = useI18n();
  return (
    <SettingsTable
      caption={i18n.t('settings.limitsHint')}
      columns={[
        { name: i18n.t('costs.model') },
        { name: i18n.t('settings.limit'), isNumber: true },
        { name: i18n.t('settings.enqueued') },
        { name: i18n.t('settings.waiting'), isNumber: true },
        { name: i18n.t('settings.blockedUntil') },
      ]}
      rows={props.limits}
    >
      {(limit) => (
        <LimitRow
          limit={limit}
          onChange={() => props.onChange(limit)}
          onForget={() => props.onForget(limit)}
        />
      )}
    </SettingsTable>
  );
}
