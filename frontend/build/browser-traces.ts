import type { Plugin, ProxyOptions } from 'vite';

type Environment = Record<string, string | undefined>;

/** Where browsers send their traces; only this address is passed on. */
const address = '^/otlp/v1/traces$';

/**
 * Passes browsers' traces on to the collector that Aspire names, and adds its key, which browsers never see. The header
 * tells the page that somebody collects them; the production web server does the same.
 */
export function browserTraces(environment: Environment = process.env): Plugin {
  const proxy = collectorProxy(environment);
  const server = proxy && { headers: { 'Server-Timing': 'browser-traces' }, proxy: { [address]: proxy } };
  return { name: 'browser-traces', config: () => (server ? { server, preview: server } : {}) };
}

/** How to reach the collector, or nothing where there is none that speaks HTTP. */
export function collectorProxy(environment: Environment): ProxyOptions | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: target, OTEL_EXPORTER_OTLP_PROTOCOL: protocol } = environment;
  if (!target || !protocol?.startsWith('http/')) return undefined;
  return {
    target,
    changeOrigin: true,
    headers: readHeaders(environment.OTEL_EXPORTER_OTLP_HEADERS ?? ''),
    rewrite: (path) => path.replace(/^\/otlp/, ''),
    configure: (proxy) => proxy.on('proxyReq', (request) => request.removeHeader('cookie')),
  };
}

/** Reads `name=value` pairs with commas between them, values percent-encoded, as OpenTelemetry writes them. */
function readHeaders(list: string) {
  return Object.fromEntries(
    list
      .split(',')
      .filter((pair) => pair.includes('='))
      .map((pair) => [
        pair.slice(0, pair.indexOf('=')).trim(),
        decodeURIComponent(pair.slice(pair.indexOf('=') + 1).trim()),
      ]),
  );
}
