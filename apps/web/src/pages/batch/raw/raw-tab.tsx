import { jobUrl } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { Show, createMemo } from 'solid-js';
import { CopyButton } from '../../../components/copy-button.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import type { BatchData } from '../create-batch-data.ts';
import { cutText } from './cut-text.ts';
import { ofProvider } from './of-provider.ts';
import './raw.css';

/** What is stored of a batch, as it stands. */
export function RawTab(props: { data: BatchData; batches: readonly Batch[] }) {
  const i18n = useI18n();
  const job = () => props.data.job;
  const objects = () => props.batches.map(ofProvider);
  const isOne = () => job().batch_count <= 1;
  return (
    <div class="batch-raw">
      <Show
        when={props.batches.length > 0}
        fallback={
          <Show when={job().batch_count === 0}>
            <p class="quiet">{i18n.t('batch.rawNoBatch')}</p>
          </Show>
        }
      >
        <RawJson
          title={isOne() ? i18n.t('batch.rawBatch') : i18n.t('batch.rawBatches')}
          value={isOne() ? objects()[0] : objects()}
          href={`/api/batch/${encodeURIComponent(props.batches[0]?.id ?? '')}?refresh=false`}
          note={
            props.batches.length < job().batch_count
              ? i18n.t('batch.rawSome', props.batches.length, job().batch_count)
              : undefined
          }
        />
      </Show>
      <RawJson title={i18n.t('batch.rawJob')} value={props.data} href={jobUrl(job().id)} />
    </div>
  );
}

function RawJson(props: { title: string; value: unknown; href: string; note?: string | undefined }) {
  const i18n = useI18n();
  const json = createMemo(() => JSON.stringify(props.value, null, 2));
  const cut = createMemo(() => cutText(json()));
  return (
    <section>
      <div class="batch-raw-head">
        <h3>{props.title}</h3>
        <CopyButton text={json()} what={props.title} />
      </div>
      <pre tabIndex={0} role="region" aria-label={props.title}>
        {cut().text}
      </pre>
      <p class="quiet small">
        {props.note}{' '}
        <Show when={cut().isCut}>{i18n.t('batch.rawCut', i18n.format().bytes(cut().bytes))}</Show>{' '}
        <a href={props.href} target="_blank" rel="noreferrer">
          {i18n.t('batch.rawWhole')}
        </a>
      </p>
    </section>
  );
}
