import type { ErrorGroup, Job } from '@batchdesk/shared';
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { OutcomeLabel } from '../../../components/outcome-label.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { paths } from '../../../routes.ts';
import { CutName } from '../requests/cut-name.tsx';

interface ErrorGroupRowProps {
  job: Job;
  group: ErrorGroup;
  /** Of all that did not succeed, of 1. */
  share: number;
  isSending: boolean;
  onRetry: () => void;
}

/** Requests that did not succeed in the same way, the first of them, and what can be done. */
export function ErrorGroupRow(props: ErrorGroupRowProps) {
  const i18n = useI18n();
  const filters = () => ({
    outcomes: [props.group.outcome],
    codes: props.group.error_code === null ? [] : [props.group.error_code],
  });
  return (
    <tr>
      <th scope="row">
        <span class="mono error-code">{props.group.error_code ?? i18n.t('requests.errors.noCode')}</span>
        <Show when={props.group.status_code}>{(status) => <span class="quiet mono"> {status()}</span>}</Show>
      </th>
      <td data-label={i18n.t('requests.columns.outcome')}>
        <OutcomeLabel outcome={props.group.outcome} />
      </td>
      <td class="number" data-label={i18n.t('requests.errors.count')}>
        <span>
          {i18n.format().number(props.group.count)}{' '}
          <span class="quiet">{i18n.format().share(props.share)}</span>
        </span>
      </td>
      <td class="sample">
        <p class="provider-text" dir="auto">
          {props.group.sample.message ?? i18n.t('requests.errors.noMessage')}
        </p>
        <A
          class="mono sample-link"
          href={paths.requests(props.job.id, filters(), props.group.sample.custom_id)}
        >
          <CutName name={props.group.sample.custom_id} />
        </A>
      </td>
      <td class="group-actions">
        <A class="button" href={paths.requests(props.job.id, filters())}>
          {i18n.t('requests.errors.show')}
        </A>
        <button type="button" disabled={props.isSending} onClick={() => props.onRetry()}>
          {i18n.t('requests.errors.retry')}
        </button>
      </td>
    </tr>
  );
}
