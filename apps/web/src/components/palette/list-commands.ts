import type { I18n } from '../../i18n/i18n.tsx';
import { LANGUAGES } from '../../i18n/language.ts';
import { SETTINGS_PARTS, paths } from '../../routes.ts';
import type { AppState } from '../../state/app-state.tsx';
import { THEMES } from '../../state/preferences.ts';
import type { Command } from './find-commands.ts';

/** All that the palette can do beside finding batches. */
export function listCommands(
  { live, choose }: AppState,
  { t }: I18n,
  { go, showShortcuts }: { go: (path: string) => void; showShortcuts: () => void },
): Command[] {
  const to = (id: string, label: string, path: string, hint?: string): Command => ({
    id,
    label,
    hint,
    run: () => go(path),
  });
  const isPaused = live.state() === 'paused';
  return [
    to('create', t('shell.newBatch'), paths.create(), 'n'),
    to('overview', t('shell.overview'), paths.overview(), 'g o'),
    to('batches', t('shell.batches'), paths.batches(), 'g b'),
    to('provider-batches', t('palette.providerBatches'), paths.providerBatches()),
    to('files', t('shell.files'), paths.files(), 'g f'),
    ...SETTINGS_PARTS.map((part) =>
      to(`settings-${part}`, t('palette.settingsOf', t(`palette.parts.${part}`)), paths.settings(part)),
    ),
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      label: t(`palette.themes.${theme}`),
      run: () => choose({ theme }),
    })),
    ...LANGUAGES.map((language) => ({
      id: `language-${language}`,
      label: t(`palette.languages.${language}`),
      words: 'language langue',
      run: () => choose({ language }),
    })),
    {
      id: 'live',
      label: t(isPaused ? 'palette.goOn' : 'palette.pause'),
      run: () => (isPaused ? live.start() : live.pause()),
    },
    { id: 'shortcuts', label: t('shell.shortcuts'), hint: '?', run: showShortcuts },
    { id: 'docs', label: t('shell.apiDocs'), run: () => location.assign('/docs') },
  ];
}
