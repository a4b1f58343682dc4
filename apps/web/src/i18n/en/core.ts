import { charts } from './charts.ts';
import { common } from './common.ts';
import { costs } from './costs.ts';
import { overview } from './overview.ts';
import { shell } from './shell.ts';

/** English: what the overview needs, and what stands around every page. */
export const core = { common, shell, overview, charts, costs };
