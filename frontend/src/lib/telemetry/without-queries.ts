import type { Span } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-web';

const address = 'url.full';

/** Takes the queries out of addresses: people search for names, telephone numbers and email addresses. */
export class WithoutQueries implements SpanProcessor {
  onStart(span: Span & Pick<ReadableSpan, 'attributes'>) {
    const url = span.attributes[address];
    if (typeof url === 'string') span.setAttribute(address, url.replace(/[?#].*$/, ''));
  }

  onEnd() {}

  forceFlush() {
    return Promise.resolve();
  }

  shutdown() {
    return Promise.resolve();
  }
}
