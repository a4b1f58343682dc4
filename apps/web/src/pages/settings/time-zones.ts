/** The zone that stands for all that count as the universal time. */
const UTC = 'UTC';

/** The zones to choose from, beside the browser's own and UTC. `chosen` is one of them, even if the browser does not list it. */
export function listTimeZones(chosen: string): string[] {
  const zones = new Set(Intl.supportedValuesOf('timeZone'));
  if (chosen !== 'local') zones.add(chosen);
  zones.delete(UTC);
  return [...zones].toSorted();
}

/** The browser's own time zone. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
