import { useNavigate } from '@solidjs/router';
import { keepPreviousData } from '@tanstack/solid-query';
import { For, Show, createMemo, createSignal, onCleanup } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { jobName } from '../../format/job-name.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { useApp } from '../../state/app-state.tsx';
import { Dialog } from '../dialog.tsx';
import { findCommands } from './find-commands.ts';
import type { Command } from './find-commands.ts';
import { listCommands } from './list-commands.ts';
import './palette.css';

const PAUSE_MS = 150;
const FOUND_JOBS = 8;

type PaletteProps = {
  isOpen: boolean;
  onClose: () => void;
  onShortcuts: () => void;
};

/** Finds batches and does what the page can do, from the keyboard. */
export function Palette(props: PaletteProps) {
  const i18n = useI18n();
  let input: HTMLInputElement | undefined;
  return (
    <Dialog
      isOpen={props.isOpen}
      title={i18n.t('palette.title')}
      firstFocus={() => input}
      onClose={() => props.onClose()}
    >
      <Finder
        inputRef={(element) => (input = element)}
        onClose={() => props.onClose()}
        onShortcuts={() => props.onShortcuts()}
      />
    </Dialog>
  );
}

function Finder(props: Omit<PaletteProps, 'isOpen'> & { inputRef: (input: HTMLInputElement) => void }) {
  const i18n = useI18n();
  const app = useApp();
  const navigate = useNavigate();
  const [text, setText] = createSignal('');
  const [wanted, setWanted] = createSignal('');
  const [active, setActive] = createSignal(0);
  let timer: number | undefined;
  onCleanup(() => clearTimeout(timer));

  const commands = listCommands(app, i18n, { go: navigate, showShortcuts: () => props.onShortcuts() });
  const jobs = useQuery(() => ({
    ...app.queries.jobs({ q: wanted(), limit: FOUND_JOBS }),
    enabled: wanted() !== '',
    placeholderData: keepPreviousData,
  }));
  const found = createMemo((): Command[] => {
    const matching = wanted() !== '' && jobs.isSuccess ? jobs.data.data : [];
    const batches = matching.map((job) => ({
      id: job.id,
      label: jobName(job),
      hint: i18n.t(`common.statuses.${job.state}`),
      run: () => navigate(paths.batch(job.id)),
    }));
    return [...findCommands(commands, text()), ...batches];
  });

  function type(next: string): void {
    setText(next);
    setActive(0);
    clearTimeout(timer);
    timer = window.setTimeout(() => setWanted(next.trim()), PAUSE_MS);
  }

  function run(command: Command | undefined): void {
    if (!command) return;
    props.onClose();
    command.run();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((at) => (at + step + found().length) % Math.max(1, found().length));
      document.querySelector(`#palette-${active()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found()[active()]);
    }
  }

  return (
    <>
      <input
        ref={(element) => props.inputRef(element)}
        type="text"
        role="combobox"
        aria-label={i18n.t('palette.title')}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found().length > 0 ? `palette-${active()}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={i18n.t('palette.placeholder')}
        value={text()}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-list" class="palette-list" role="listbox" aria-label={i18n.t('palette.title')}>
        <For each={found()}>
          {(command, index) => (
            <li
              id={`palette-${index()}`}
              class="palette-item"
              role="option"
              aria-selected={index() === active()}
              onPointerMove={() => setActive(index())}
              onClick={() => run(command)}
            >
              <span class="cut">{command.label}</span>
              <Show when={command.hint}>
                <span class="quiet">{command.hint}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={found().length === 0}>
        <p class="quiet" role="status">
          {jobs.isFetching ? i18n.t('common.loading') : i18n.t('palette.nothing')}
        </p>
      </Show>
    </>
  );
}
