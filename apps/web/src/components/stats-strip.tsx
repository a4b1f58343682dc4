import type { Stats } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import type { ParentProps } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';

interface StatsStripProps {
  stats: Stats;
  /** Of the provider in use. */
  costs: Stats;
  /** Whether that is the local one, which bills nothing. */
  isLocal: boolean;
}

/** Totals over all batches. */
export function StatsStrip(props: StatsStripProps) {
  const i18n = useI18n();
  const money = (dollars: number | null) => (dollars === null ? '–' : i18n.money(dollars));
  return (
    <section class="stats" aria-label={i18n.t().statistics}>
      <Figure label={i18n.t().batches} value={i18n.number(props.stats.total_batches)} parts={[]} />
      <Figure
        label={i18n.t().requests}
        value={i18n.number(props.stats.request_counts.total)}
        parts={[
          { label: i18n.t().completed, value: i18n.number(props.stats.request_counts.completed) },
          { label: i18n.t().failed, value: i18n.number(props.stats.request_counts.failed) },
        ]}
      />
      <Figure
        label={i18n.t().tokens}
        value={i18n.number(props.stats.usage.total_tokens)}
        parts={[
          { label: i18n.t().inputTokens, value: i18n.number(props.stats.usage.input_tokens) },
          { label: i18n.t().outputTokens, value: i18n.number(props.stats.usage.output_tokens) },
        ]}
      />
      <Figure
        label={props.isLocal ? i18n.t().costAtOpenai : i18n.t().cost}
        value={money(props.costs.cost)}
        parts={[{ label: i18n.t().saved, value: money(props.costs.savings) }]}
      >
        <Show when={props.isLocal}>
          <p class="quiet">{i18n.t().nothingBilled}</p>
        </Show>
        <Show when={props.costs.unpriced_batches > 0}>
          <p class="attention">
            {i18n.t().unpriced(props.costs.unpriced_batches)} <a href="#prices">{i18n.t().prices}</a>
          </p>
        </Show>
      </Figure>
    </section>
  );
}

interface Part {
  label: string;
  value: string;
}

function Figure(props: ParentProps<Part & { parts: Part[] }>) {
  return (
    <div class="figure">
      <dl>
        <div class="figure-total">
          <dt>{props.label}</dt>
          <dd>{props.value}</dd>
        </div>
        <For each={props.parts}>
          {(part) => (
            <div class="figure-part">
              <dt>{part.label}</dt>
              <dd>{part.value}</dd>
            </div>
          )}
        </For>
      </dl>
      {props.children}
    </div>
  );
}
