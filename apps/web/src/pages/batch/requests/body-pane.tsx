import type { Job, RequestView } from '@batchdesk/shared';
import { Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { Loaded } from '../../../components/loaded.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { BodyContent } from './body-content.tsx';
import { createBody } from './create-body.ts';
import { JsonView } from './json-view.tsx';
import type { BodyView } from './read/body-view.ts';

interface BodyPaneProps {
  job: Job;
  request: RequestView;
  part: 'input' | 'result';
  title: string;
  isJson: boolean;
  /** What a person reads of a line; `null` when only its JSON says it. */
  read: (line: unknown) => BodyView | null;
  /** Stands above what is read. */
  before?: (line: unknown) => JSX.Element;
}

/** One side of a request, as a person reads it or as JSON. */
export function BodyPane(props: BodyPaneProps) {
  const i18n = useI18n();
  const body = createBody(() => ({ job: props.job, request: props.request, part: props.part }));
  return (
    <section class="body-pane" aria-label={props.title}>
      <div class="body-head">
        <h3>{props.title}</h3>
        <span class="quiet small">{i18n.format().bytes(body.bytes())}</span>
      </div>
      <Show
        when={!body.isHeld()}
        fallback={
          <div class="stack">
            <p class="quiet">{i18n.t('requests.large')}</p>
            <div>
              <button type="button" onClick={() => body.load()}>
                {i18n.t('requests.load')}
              </button>
            </div>
          </div>
        }
      >
        <Loaded query={body.query} lines={4}>
          {(loaded) => {
            const line = createMemo(() => loaded().read());
            const view = createMemo(() => (props.isJson ? null : props.read(line())));
            return (
              <Show when={view()} fallback={<JsonView value={line()} what={props.title} />}>
                {(shown) => (
                  <>
                    {props.before?.(line())}
                    <BodyContent view={shown()} />
                  </>
                )}
              </Show>
            );
          }}
        </Loaded>
      </Show>
    </section>
  );
}
