import { Toast, toaster } from '@kobalte/core/toast';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import X from 'lucide-solid/icons/x';
import { Match, Switch, onCleanup } from 'solid-js';
import { Portal } from 'solid-js/web';
import { useI18n } from '../i18n/i18n.tsx';
import './toaster.css';

type Tone = 'pending' | 'done' | 'failed';

const SHOWN_MS = 6_000;
/** Pixels between what floats. */
const GAP = 8;

/** Shows a toast, or changes the one of an id. Answers its id. */
export function showToast(tone: Tone, text: string, id?: number): number {
  const show = (props: { toastId: number }) => <OneToast id={props.toastId} tone={tone} text={text} />;
  if (id === undefined) return toaster.show(show);
  toaster.update(id, show);
  return id;
}

/** Where toasts appear. */
export function Toaster() {
  const i18n = useI18n();
  return (
    <Portal>
      <Toast.Region duration={SHOWN_MS} limit={4} aria-label={i18n.t('common.messages')}>
        <Toast.List as="div" class="toasts" ref={tellHeight} />
      </Toast.Region>
    </Portal>
  );
}

/** Tells the page how much room toasts take, their distance included: what else is in their corner stands above them. */
function tellHeight(list: HTMLElement): void {
  const observer = new ResizeObserver(() => {
    const height = list.offsetHeight;
    document.documentElement.style.setProperty('--toasts-height', `${height === 0 ? 0 : height + GAP}px`);
  });
  observer.observe(list);
  onCleanup(() => observer.disconnect());
}

/** What failed stays until it is closed. */
function OneToast(props: { id: number; tone: Tone; text: string }) {
  const i18n = useI18n();
  return (
    <Toast
      as="div"
      toastId={props.id}
      class={`toast toast-${props.tone}`}
      persistent={props.tone !== 'done'}
      priority={props.tone === 'failed' ? 'high' : 'low'}
    >
      <Switch>
        <Match when={props.tone === 'pending'}>
          <LoaderCircle class="spinning" aria-hidden="true" />
        </Match>
        <Match when={props.tone === 'done'}>
          <CircleCheck aria-hidden="true" />
        </Match>
        <Match when={props.tone === 'failed'}>
          <CircleAlert aria-hidden="true" />
        </Match>
      </Switch>
      <Toast.Description class="toast-text">{props.text}</Toast.Description>
      <Toast.CloseButton class="icon-button" aria-label={i18n.t('common.close')}>
        <X aria-hidden="true" />
      </Toast.CloseButton>
    </Toast>
  );
}
