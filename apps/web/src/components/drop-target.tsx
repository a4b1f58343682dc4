import { useNavigate } from '@solidjs/router';
import FileUp from 'lucide-solid/icons/file-up';
import { Show, createSignal, onCleanup } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import { paths } from '../routes.ts';
import { useApp } from '../state/app-state.tsx';
import { toast } from '../state/toasts.ts';
import { chooseDropped } from './choose-dropped.ts';
import './drop-target.css';

/** Takes a file that is dropped anywhere on the page to where batches are made. */
export function DropTarget() {
  const i18n = useI18n();
  const app = useApp();
  const navigate = useNavigate();
  const [isOver, setIsOver] = createSignal(false);
  const listeners = new AbortController();
  const { signal } = listeners;
  onCleanup(() => listeners.abort());

  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener(
    'dragover',
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    },
    { signal },
  );
  // It has no target when the pointer leaves the window.
  document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && setIsOver(false), {
    signal,
  });
  document.addEventListener(
    'drop',
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(false);
      take([...(event.dataTransfer?.files ?? [])]);
    },
    { signal },
  );

  function take(files: readonly File[]): void {
    if (files.length === 0) return;
    const chosen = chooseDropped(files);
    if (!chosen) return void toast(i18n.t('shell.dropUnfit'), 'failed');
    const { file, others } = chosen;
    if (others > 0) void toast(i18n.t('shell.dropOthers', file.name, others));
    app.drop(file);
    navigate(paths.create());
  }

  return (
    <Show when={isOver()}>
      <div class="drop-target" aria-hidden="true">
        <FileUp />
        {i18n.t('shell.dropHere')}
      </div>
    </Show>
  );
}
