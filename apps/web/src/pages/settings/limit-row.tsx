import type { ModelLimitView } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';

interface LimitRowProps {
  limit: ModelLimitView;
  onChange: () => void;
  onForget: () => void;
}

/** A model: its limit, and what is enqueued of it now. */
export function LimitRow(props: LimitRowProps) {
  const i18n = useI18n();
  const number = (value: number) => i18n.format().number(value);
  const share = () => {
    const { enqueued, enqueued_tokens } = props.limit;
    return enqueued_tokens === null ? null : Math.min(1, enqueued / enqueued_tokens);
  };
  return (
    <tr>
      <th scope="row" class="model-name">
        <span class="mono">{props.limit.model}</span>
      </th>
      <td class="number" data-label={i18n.t('settings.limit')}>
        <Show
          when={props.limit.enqueued_tokens}
          fallback={<span class="quiet">{i18n.t('settings.limitUnknown')}</span>}
        >
          {(tokens) => (
            <span class="limit-tokens">
              {number(tokens())}
              <Show when={props.limit.source}>
                {(source) => <span class="quiet small">{i18n.t(`settings.limitSources.${source()}`)}</span>}
              </Show>
            </span>
          )}
        </Show>
      </td>
      <td data-label={i18n.t('settings.enqueued')}>
        <div class="enqueued">
          <span>
            {number(props.limit.enqueued)}
            <Show when={share() !== null}>
              <span class="quiet small">
                {' '}
                {i18n.t('settings.ofLimit', i18n.format().share(share() ?? 0))}
              </span>
            </Show>
          </span>
          <Show when={share() !== null}>
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-rest" width="100" height="4" />
              <rect class="bar-spent" width={(share() ?? 0) * 100} height="4" />
            </svg>
          </Show>
        </div>
      </td>
      <td class="number" data-label={i18n.t('settings.waiting')}>
        {number(props.limit.waiting)}
      </td>
      <td data-label={i18n.t('settings.blockedUntil')}>
        <Show when={props.limit.blocked_until} fallback={<span class="quiet">{i18n.t('common.none')}</span>}>
          {(time) => <span title={i18n.format().exactDate(time())}>{i18n.format().time(time())}</span>}
        </Show>
      </td>
      <td>
        <div class="row-links">
          <Show when={props.limit.enqueued_tokens !== null}>
            <button type="button" class="link-button" onClick={() => props.onForget()}>
              {i18n.t('settings.forget')} <span class="visually-hidden">{props.limit.model}</span>
            </button>
          </Show>
          <button type="button" class="link-button" onClick={() => props.onChange()}>
            {i18n.t(props.limit.source === null ? 'settings.setLimit' : 'costs.change')}{' '}
            <span class="visually-hidden">{props.limit.model}</span>
          </button>
        </div>
      </td>
    </tr>
  );
}
