/** What the web server calls the page's traces in its Server-Timing header, when somebody collects them. */
const signal = 'browser-traces';

/** Sends traces, when the web server says that somebody collects them. They are loaded only after the first paint. */
export function startTelemetry() {
  const [navigation] = performance.getEntriesByType?.('navigation') as PerformanceNavigationTiming[];
  if (!navigation?.serverTiming?.some(({ name }) => name === signal)) return;
  const load = () => void import('./traces').then(({ startTraces }) => startTraces());
  // Two frames: the first is painted when the second begins.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(load)));
}
