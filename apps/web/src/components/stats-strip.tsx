import type { Stats } from '@batchdesk/shared';
import { For } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';

/** Totals over all batches. */
export function StatsStrip(props: { stats: Stats }) {
  const i18n = useI18n();
  return (
    <section class="stats" aria-label={i18n.t().statistics}>
      <Figure label={i18n.t().batches} value={props.stats.total_batches} parts={[]} />
      <Figure
        label={i18n.t().requests}
        value={props.stats.request_counts.total}
        parts={[
          { label: i18n.t().completed, value: props.stats.request_counts.completed },
          { label: i18n.t().failed, value: props.stats.request_counts.failed },
        ]}
      />
      <Figure
        label={i18n.t().tokens}
        value={props.stats.usage.total_tokens}
        parts={[
          { label: i18n.t().inputTokens, value: props.stats.usage.input_tokens },
          { label: i18n.t().outputTokens, value: props.stats.usage.output_tokens },
        ]}
      />
    </section>
  );
}

interface Part {
  label: string;
  value: number;
}

function Figure(props: Part & { parts: Part[] }) {
  const i18n = useI18n();
  return (
    <dl class="figure">
      <div class="figure-total">
        <dt>{props.label}</dt>
        <dd>{i18n.number(props.value)}</dd>
      </div>
      <For each={props.parts}>
        {(part) => (
          <div class="figure-part">
            <dt>{part.label}</dt>
            <dd>{i18n.number(part.value)}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}
