import Check from 'lucide-solid/icons/check';
import Copy from 'lucide-solid/icons/copy';
import { Show, createSignal, onCleanup } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import { toast } from '../state/toasts.ts';
import { useAnnounce } from './announcer.tsx';
import { copyText } from './copy-text.ts';

const SHOWN_MS = 1_500;

/** Copies a text; `what` says which, to people who listen. */
export function CopyButton(props: { text: string; what: string }) {
  const i18n = useI18n();
  const announce = useAnnounce();
  const [isCopied, setIsCopied] = createSignal(false);
  let timer: number | undefined;
  onCleanup(() => clearTimeout(timer));

  async function copy(): Promise<void> {
    if (!(await copyText(props.text))) return toast(i18n.t('common.notCopied'), 'failed');
    setIsCopied(true);
    announce(i18n.t('common.copied'));
    clearTimeout(timer);
    timer = window.setTimeout(() => setIsCopied(false), SHOWN_MS);
  }

  return (
    <button
      type="button"
      class="icon-button"
      aria-label={i18n.t('common.copyNamed', props.what)}
      title={i18n.t('common.copy')}
      onClick={() => void copy()}
    >
      <Show when={isCopied()} fallback={<Copy aria-hidden="true" />}>
        <Check aria-hidden="true" />
      </Show>
    </button>
  );
}
