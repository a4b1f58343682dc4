import type { Deps } from '../deps.ts';

export async function refineEstimates(_deps: Pick<Deps, 'db'>): Promise<void> {}
