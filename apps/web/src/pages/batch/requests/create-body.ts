import type { Job, RequestView } from '@batchdesk/shared';
import { createSignal } from 'solid-js';
import { useQuery } from '../../../api/use-query.ts';
import { useApp } from '../../../state/app-state.tsx';

/** A body beyond this is loaded when somebody asks for it. */
const LARGE_BYTES = 4_000_000;

/** Asks for what was sent of a request, or what answers it. */
export function createBody(options: () => { job: Job; request: RequestView; part: 'input' | 'result' }) {
  const app = useApp();
  const [wanted, setWanted] = createSignal<string | null>(null);
  const bytes = () => {
    const { request, part } = options();
    return part === 'input' ? request.input_bytes : (request.result_bytes ?? 0);
  };
  const isHeld = () => bytes() > LARGE_BYTES && wanted() !== options().request.custom_id;
  const query = useQuery(() => ({
    ...app.queries.requestBody(options().job.id, options().part, options().request),
    enabled: !isHeld(),
  }));
  return {
    query,
    bytes,
    /** Whether it is too large to load unasked. */
    isHeld,
    load: () => setWanted(options().request.custom_id),
  };
}
