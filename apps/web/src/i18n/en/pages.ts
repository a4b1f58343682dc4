import { batch } from './batch.ts';
import { batches } from './batches.ts';
import { create } from './create.ts';
import { files } from './files.ts';
import { issues } from './issues.ts';
import { palette } from './palette.ts';
import { requests } from './requests.ts';
import { settings } from './settings.ts';

/** English: the other pages. */
export const pages = { palette, batches, batch, requests, create, issues, files, settings };
