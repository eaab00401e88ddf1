import { SpanKind, trace, type Tracer } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-web';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { quietTime, UserActions } from './user-actions';
import { WithoutQueries } from './without-queries';

let page: string;
let exporter: InMemorySpanExporter;
let actions: UserActions;
let tracer: Tracer;

beforeEach(() => {
  vi.useFakeTimers();
  page = '/';
  exporter = new InMemorySpanExporter();
  actions = new UserActions(() => page);
  const processors = [new WithoutQueries(), actions, new SimpleSpanProcessor(exporter)];
  tracer = new BasicTracerProvider({ spanProcessors: processors }).getTracer('test');
});
afterEach(() => vi.useRealTimers());

const ask = (url = 'http://localhost/api/products') =>
  tracer.startSpan('GET', { kind: SpanKind.CLIENT, attributes: { 'url.full': url } }, actions.context);
const names = () => exporter.getFinishedSpans().map(({ name }) => name);

it('puts the requests that follow an action under it, and ends it with the last answer', () => {
  actions.begin(tracer, 'click');
  const first = ask();
  vi.advanceTimersByTime(quietTime * 3);
  page = '/orders/17';
  first.end();
  vi.advanceTimersByTime(quietTime / 2);
  const second = ask();
  const answered = Date.now();
  second.end(answered);
  vi.advanceTimersByTime(quietTime);

  const spans = exporter.getFinishedSpans();
  const action = spans.find(({ kind }) => kind === SpanKind.INTERNAL);
  expect(action?.name).toBe('open /orders/:orderId');
  expect(action?.endTime[0]).toBe(Math.floor(answered / 1000));
  expect(spans.filter((span) => span.parentSpanContext?.spanId === action?.spanContext().spanId)).toHaveLength(2);
});

it('says on which page an action was that led nowhere else', () => {
  actions.begin(tracer, 'submit');
  ask().end();
  vi.advanceTimersByTime(quietTime);
  expect(names()).toEqual(['GET', 'submit on /']);
});

it('leaves no span of an action that asks for nothing', () => {
  actions.begin(tracer, 'click');
  vi.advanceTimersByTime(quietTime);
  expect(names()).toEqual([]);
});

it('gives a later request to no action', () => {
  actions.begin(tracer, 'click');
  vi.advanceTimersByTime(quietTime);
  expect(actions.context).toBeUndefined();
});

it('gives requests to the newer of two actions, and still waits for what the older asked for', () => {
  actions.begin(tracer, 'click');
  const older = ask();
  actions.begin(tracer, 'submit');
  const newer = ask();
  expect(trace.getSpan(actions.context ?? expect.fail())?.spanContext().traceId).toBe(newer.spanContext().traceId);
  newer.end();
  vi.advanceTimersByTime(quietTime);
  older.end();
  vi.advanceTimersByTime(quietTime);
  expect(names()).toEqual(['GET', 'submit on /', 'GET', 'click on /']);
});

it('keeps what users search for out of traces', () => {
  ask('http://localhost/api/orders?q=010-1234-5678').end();
  expect(exporter.getFinishedSpans()[0]?.attributes['url.full']).toBe('http://localhost/api/orders');
});
