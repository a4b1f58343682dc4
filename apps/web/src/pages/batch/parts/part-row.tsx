import { isTerminal } from '@batchdesk/shared';
import type { Batch, SubmissionView } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { StatusLabel } from '../../../components/status-label.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';
import { isPressing } from '../job-facts.ts';
import { listErrors, wasReplaced } from './part-errors.ts';

interface PartRowProps {
  /** 1-based. */
  number: number;
  submission: SubmissionView;
  /** What the provider has made of it, once that is known. */
  batch: Batch | undefined;
}

/** One part of a batch: how it is doing, what it waits for, what it costs, what is wrong with it. */
export function PartRow(props: PartRowProps) {
  const i18n = useI18n();
  const isReplaced = () => wasReplaced(props.submission);
  const errors = () => (isReplaced() ? [] : listErrors(props.submission, props.batch));
  const cost = () => {
    const known = props.batch?.cost;
    if (!known) return i18n.t('common.none');
    if (known.amount === null) return i18n.t(`costs.unknownCosts.${known.unknown ?? 'usage'}`);
    const amount = i18n.format().money(known.amount);
    return known.basis === 'partial_results' ? i18n.t('costs.atLeast', amount) : amount;
  };
  return (
    <tr>
      <th scope="row">
        <span class="batch-part-name">
          <span>{i18n.format().number(props.number)}</span>
          <span class="mono quiet">{props.submission.batch_id ?? props.submission.id}</span>
        </span>
      </th>
      <td data-label={i18n.t('batch.partState')}>
        <span class="batch-part-state">
          <PartState submission={props.submission} />
          <Show when={isReplaced()}>
            <span class="quiet small">
              {props.submission.error?.message} {i18n.t('batch.replacedHint')}
            </span>
          </Show>
          <For each={errors()}>
            {(error) => (
              <span class="problem small">
                <Show when={error.line}>{(line) => `${i18n.t('batch.atLine', line())}: `}</Show>
                {error.text}
              </span>
            )}
          </For>
        </span>
      </td>
      <td data-label={i18n.t('batch.partModel')}>
        <span class="mono">{props.submission.model ?? props.batch?.model ?? i18n.t('common.none')}</span>
      </td>
      <td class="number" data-label={i18n.t('batch.requests')}>
        <Show when={props.submission.request_count !== null} fallback={i18n.t('common.none')}>
          {i18n.format().number(props.submission.request_count ?? 0)}
        </Show>
      </td>
      <td class="number" data-label={i18n.t('batch.estimate')}>
        <span class="batch-part-estimate">
          <span>
            {i18n.t('batch.estimateValue', i18n.format().compact(props.submission.estimated_tokens))}
          </span>
          <Show when={props.submission.estimated_cost !== null}>
            <span class="quiet">{i18n.format().estimatedMoney(props.submission.estimated_cost ?? 0)}</span>
          </Show>
        </span>
      </td>
      <td class="number" data-label={i18n.t('costs.cost')}>
        {cost()}
      </td>
      <td data-label={i18n.t('batch.expiry')}>
        <PartExpiry batch={props.batch} />
      </td>
    </tr>
  );
}

/** That of its batch; before there is one, what it waits for and how many go before it. */
function PartState(props: { submission: SubmissionView }) {
  const i18n = useI18n();
  const waiting = () => props.submission.waiting;
  const name = () => (wasReplaced(props.submission) ? 'replaced' : props.submission.status);
  return (
    <Show
      when={wasReplaced(props.submission) ? null : props.submission.batch_status}
      fallback={
        <>
          <span class={name() === 'failed' ? 'problem' : ''}>
            <Show when={waiting()} fallback={i18n.t(`batch.partStates.${name()}`)}>
              {(known) => i18n.t(`batch.shortWaits.${known().reason}`)}
            </Show>
          </span>
          <Show when={waiting()?.position}>
            {(position) => <span class="quiet small">{i18n.t('batch.place', position())}</span>}
          </Show>
          <Show when={waiting()?.until}>
            {(until) => (
              <span class="quiet small">{i18n.t('batch.waitsUntil', i18n.format().time(until()))}</span>
            )}
          </Show>
        </>
      }
    >
      {(status) => <StatusLabel state={status()} />}
    </Show>
  );
}

function PartExpiry(props: { batch: Batch | undefined }) {
  const i18n = useI18n();
  const app = useApp();
  const expiresAt = () => {
    const batch = props.batch;
    return batch && !isTerminal(batch.status) ? batch.expires_at : null;
  };
  return (
    <Show when={expiresAt()} fallback={i18n.t('common.none')}>
      {(time) => (
        <span
          class={isPressing(time(), app.now()) ? 'batch-pressing' : ''}
          title={i18n.format().exactDate(time())}
        >
          {i18n.format().duration(Math.max(0, time() - app.now()))}
        </span>
      )}
    </Show>
  );
}
