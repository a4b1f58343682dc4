import { batch } from './batch.ts';
import { batches } from './batches.ts';
import { charts } from './charts.ts';
import { common } from './common.ts';
import { costs } from './costs.ts';
import { create } from './create.ts';
import { files } from './files.ts';
import { overview } from './overview.ts';
import { palette } from './palette.ts';
import { requests } from './requests.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';

/** What the page says in English, by its parts. */
export const en = {
  common,
  shell,
  palette,
  overview,
  charts,
  batches,
  batch,
  create,
  costs,
  files,
  requests,
  settings,
};
