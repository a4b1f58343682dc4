import type { Job, RequestView } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { useI18n } from '../../../i18n/i18n.tsx';
import { BodyPane } from './body-pane.tsx';
import { readAnswer } from './read/read-answer.ts';

/** What came back, or why nothing did. */
export function AnswerPane(props: { job: Job; request: RequestView; isJson: boolean }) {
  const i18n = useI18n();
  const isOpen = () => props.request.outcome === 'pending' || props.request.outcome === 'submitted';
  return (
    <Show
      when={props.request.result_bytes !== null}
      fallback={
        <section class="body-pane" aria-label={i18n.t('requests.parts.answer')}>
          <div class="body-head">
            <h3>{i18n.t('requests.parts.answer')}</h3>
          </div>
          <p class="quiet">{i18n.t(isOpen() ? 'requests.notYet' : 'requests.noAnswer')}</p>
        </section>
      }
    >
      <BodyPane
        job={props.job}
        request={props.request}
        part="result"
        title={i18n.t('requests.parts.answer')}
        isJson={props.isJson}
        read={readAnswer}
      />
    </Show>
  );
}
