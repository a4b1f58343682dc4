import type { Job, RequestView } from '@batchdesk/shared';
import { isTerminalState, jobRequestsUrl } from '@batchdesk/shared';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronUp from 'lucide-solid/icons/chevron-up';
import X from 'lucide-solid/icons/x';
import { Show, createEffect, createMemo, createSignal } from 'solid-js';
import { useQuery } from '../../../api/use-query.ts';
import { toFailure } from '../../../api/failure.ts';
import { CopyButton } from '../../../components/copy-button.tsx';
import { FailureNotice } from '../../../components/failure-notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { IconButton } from '../../../components/icon-button.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';
import { AnswerPane } from './answer-pane.tsx';
import { createSettled } from './create-settled.ts';
import { InputPane } from './input-pane.tsx';
import { RequestFacts } from './request-facts.tsx';
import './detail.css';

interface RequestDetailProps {
  job: Job;
  /** `null` while the row of the list is on its way. */
  customId: string | null;
  /** The request, where the list has it. */
  row: RequestView | undefined;
  onLine: (line: number | null) => void;
  /** Goes on in the list by so many rows. */
  onStep: (rows: number) => void;
  onClose: () => void;
}

/** A request: what was sent and what came back, side by side. */
export function RequestDetail(props: RequestDetailProps) {
  const i18n = useI18n();
  const app = useApp();
  const [isJson, setIsJson] = createSignal(false);
  // Whoever holds an arrow key down passes requests by without asking for them.
  const settledId = createSettled(() => props.customId);
  const query = useQuery(() => ({
    ...app.queries.requests(props.job.id, { custom_id: settledId() ?? '', counts: false }),
    enabled: settledId() !== null && props.row === undefined,
    ...(isTerminalState(props.job.state) && { refetchInterval: false as const }),
  }));
  // What is known stays while it is asked for anew, as when the list is scrolled away from it.
  const request = createMemo<RequestView | undefined>((before) => {
    const asked = query.isSuccess ? query.data?.data[0] : undefined;
    return [props.row, asked, before].find((known) => known?.custom_id === props.customId);
  });
  const isUnknown = () => query.isSuccess && settledId() === props.customId && query.data?.data.length === 0;
  createEffect(() => props.onLine(request()?.line ?? null));
  const file = () =>
    jobRequestsUrl(props.job.id, { custom_id: props.customId ?? '', include: 'input,result', counts: false });

  return (
    <section
      class="request-detail"
      aria-label={i18n.t('requests.detail')}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose();
        else if (event.target !== event.currentTarget) return;
        else if (event.key === 'j') props.onStep(1);
        else if (event.key === 'k') props.onStep(-1);
        else if (event.key === 'ArrowLeft') props.onClose();
      }}
    >
      <header class="detail-head">
        <IconButton class="detail-back" label={i18n.t('requests.toList')} onClick={() => props.onClose()}>
          <ArrowLeft aria-hidden="true" />
        </IconButton>
        <h2 class="detail-title mono">
          <bdi>{props.customId ?? i18n.t('common.loading')}</bdi>
        </h2>
        <Show when={props.customId}>{(id) => <CopyButton text={id()} what="custom_id" />}</Show>
        <div class="detail-tools">
          <IconButton label={i18n.t('requests.previous')} onClick={() => props.onStep(-1)}>
            <ChevronUp aria-hidden="true" />
          </IconButton>
          <IconButton label={i18n.t('requests.next')} onClick={() => props.onStep(1)}>
            <ChevronDown aria-hidden="true" />
          </IconButton>
          <IconButton
            class="detail-close"
            label={i18n.t('requests.closeDetail')}
            onClick={() => props.onClose()}
          >
            <X aria-hidden="true" />
          </IconButton>
        </div>
      </header>
      <Show when={query.isError && query.data === undefined}>
        <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
      </Show>
      <Show when={isUnknown()}>
        <p class="quiet">{i18n.t('requests.unknownRequest')}</p>
      </Show>
      <Show
        when={request()}
        fallback={
          <Show when={!query.isError && !isUnknown()}>
            <Skeleton lines={5} />
          </Show>
        }
      >
        {(found) => (
          <>
            <RequestFacts request={found()} />
            <div class="detail-bar">
              <label class="check">
                <input
                  type="checkbox"
                  checked={isJson()}
                  onChange={(event) => setIsJson(event.currentTarget.checked)}
                />
                JSON
              </label>
              <a href={file()} download={`${props.job.id}-${found().line}.json`}>
                {i18n.t('requests.download')}
              </a>
            </div>
            <Show when={settledId() === props.customId} fallback={<Skeleton lines={4} />}>
              <div class="bodies">
                <InputPane job={props.job} request={found()} isJson={isJson()} />
                <AnswerPane job={props.job} request={found()} isJson={isJson()} />
              </div>
            </Show>
          </>
        )}
      </Show>
    </section>
  );
}
