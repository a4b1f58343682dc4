import type { JobEvent } from '@batchdesk/shared';

/** What happened on one day. */
export interface EventDay {
  /** As `dayOf` writes it. */
  day: string;
  events: JobEvent[];
}

/** Events by their day, in the order that they come in; `dayOf` is told Unix seconds. */
export function groupByDay(events: readonly JobEvent[], dayOf: (seconds: number) => string): EventDay[] {
  const days: EventDay[] = [];
  for (const event of events) {
    const day = dayOf(event.created_at);
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days;
}
