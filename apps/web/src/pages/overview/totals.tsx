import { A } from '@solidjs/router';
import type { Stats } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import type { ParentProps } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';

interface TotalsProps {
  totals: Stats;
  /** Of the provider in use; undefined while it is not known which. */
  costs: Stats | undefined;
  /** Whether that is the local one, which bills nothing. */
  isLocal: boolean;
}

/** Totals over all batches there ever were. */
export function Totals(props: TotalsProps) {
  const i18n = useI18n();
  const number = (value: number) => i18n.format().number(value);
  const money = (dollars: number | null | undefined) =>
    dollars == null ? i18n.t('common.none') : i18n.format().money(dollars);
  return (
    <section class="overview-part" aria-label={i18n.t('overview.totals')}>
      <div class="totals">
        <Figure label={i18n.t('overview.batches')} value={number(props.totals.total_batches)} parts={[]}>
          <p class="quiet">{i18n.t('overview.totalsHint')}</p>
        </Figure>
        <Figure
          label={i18n.t('overview.requests')}
          value={number(props.totals.request_counts.total)}
          parts={[
            [i18n.t('overview.completed'), number(props.totals.request_counts.completed)],
            [i18n.t('overview.failed'), number(props.totals.request_counts.failed)],
          ]}
        />
        <Figure
          label={i18n.t('overview.tokens')}
          value={number(props.totals.usage.total_tokens)}
          parts={[
            [i18n.t('overview.inputTokens'), number(props.totals.usage.input_tokens)],
            [i18n.t('overview.outputTokens'), number(props.totals.usage.output_tokens)],
          ]}
        />
        <Figure
          label={i18n.t(props.isLocal ? 'costs.costAtOpenai' : 'costs.cost')}
          value={money(props.costs?.cost)}
          parts={[[i18n.t('costs.saved'), money(props.costs?.savings)]]}
        />
      </div>
      <Show when={props.isLocal || (props.costs?.unpriced_batches ?? 0) > 0}>
        <p class="quiet small">
          <Show when={props.isLocal}>{i18n.t('costs.nothingBilled')} </Show>
          <Show when={props.costs?.unpriced_batches}>
            {(count) => (
              <>
                {i18n.t('costs.unpriced', count())}{' '}
                <A href={paths.settings('prices')}>{i18n.t('overview.prices')}</A>
              </>
            )}
          </Show>
        </p>
      </Show>
    </section>
  );
}

/** A number, and what it is made up of. */
function Figure(props: ParentProps<{ label: string; value: string; parts: (readonly [string, string])[] }>) {
  return (
    <div class="figure">
      <dl>
        <div class="figure-total">
          <dt>{props.label}</dt>
          <dd>{props.value}</dd>
        </div>
        <For each={props.parts}>
          {([label, value]) => (
            <div class="figure-part">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          )}
        </For>
      </dl>
      {props.children}
    </div>
  );
}
