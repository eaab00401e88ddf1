import { expect, it } from 'vitest';
import { collectorProxy } from './browser-traces';

const collector = {
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:19081',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
  OTEL_EXPORTER_OTLP_HEADERS: 'x-otlp-api-key=a%2Cb=, x-tenant=shop',
};

it('adds the headers of the collector on the way', () => {
  const proxy = collectorProxy(collector);
  expect(proxy?.target).toBe('http://localhost:19081');
  expect(proxy?.headers).toEqual({ 'x-otlp-api-key': 'a,b=', 'x-tenant': 'shop' });
  expect(proxy?.rewrite?.('/otlp/v1/traces')).toBe('/v1/traces');
});

it.each([
  ['none is named', {}],
  ['it speaks gRPC only', { ...collector, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }],
])('passes nothing on when %s', (_, environment) => {
  expect(collectorProxy(environment)).toBeUndefined();
});
