import type { CoreTexts } from '../dictionary.ts';
import { charts } from './charts.ts';
import { common } from './common.ts';
import { costs } from './costs.ts';
import { overview } from './overview.ts';
import { shell } from './shell.ts';

/** French: what the overview needs, and what stands around every page. */
export const core: CoreTexts = { common, shell, overview, charts, costs };
