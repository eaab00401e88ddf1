import { ROOT_CONTEXT, SpanKind, trace, type Context, type HrTime, type Span, type Tracer } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-web';
import { pageName } from './page-name';

/** An action is over when nothing has been asked for so long after it, or after its last answer. */
export const quietTime = 2_000;

type Action = {
  span: Span;
  context: Context;
  trigger: string;
  page: string;
  pending: number;
  lastAnswer?: HrTime;
  timer?: ReturnType<typeof setTimeout>;
};

/**
 * Puts the requests that a user's action causes under one span. The browser does not say what caused a request, so the last
 * action before it is taken for the cause while it is not over. Actions that cause no request leave no span.
 */
export class UserActions implements SpanProcessor {
  private readonly actions = new Map<string, Action>();
  private current: Action | undefined;

  constructor(private readonly pathname = () => window.location.pathname) {}

  /** What requests made now belong to. */
  get context() {
    return this.current?.context;
  }

  begin(tracer: Tracer, trigger: string) {
    const span = tracer.startSpan(trigger, { root: true }, ROOT_CONTEXT);
    const action: Action = {
      span,
      context: trace.setSpan(ROOT_CONTEXT, span),
      trigger,
      page: pageName(this.pathname()),
      pending: 0,
    };
    this.actions.set(span.spanContext().spanId, action);
    this.current = action;
    this.wait(action);
  }

  onStart(span: Span & ReadableSpan) {
    const action = this.actionOf(span);
    if (!action) return;
    action.pending++;
    clearTimeout(action.timer);
  }

  onEnd(span: ReadableSpan) {
    const action = this.actionOf(span);
    if (!action) return;
    action.pending--;
    action.lastAnswer = span.endTime;
    if (action.pending === 0) this.wait(action);
  }

  forceFlush() {
    return Promise.resolve();
  }

  shutdown() {
    this.actions.forEach(({ timer }) => clearTimeout(timer));
    return Promise.resolve();
  }

  private actionOf(span: ReadableSpan) {
    const isRequest = span.kind === SpanKind.CLIENT && span.parentSpanContext;
    return isRequest ? this.actions.get(isRequest.spanId) : undefined;
  }

  private wait(action: Action) {
    clearTimeout(action.timer);
    action.timer = setTimeout(() => this.finish(action), quietTime);
  }

  private finish(action: Action) {
    this.actions.delete(action.span.spanContext().spanId);
    if (this.current === action) this.current = undefined;
    if (!action.lastAnswer) return;
    const page = pageName(this.pathname());
    action.span.updateName(page === action.page ? `${action.trigger} on ${page}` : `open ${page}`);
    action.span.setAttributes({ 'shop.page.from': action.page, 'shop.page.to': page, 'shop.trigger': action.trigger });
    action.span.end(action.lastAnswer);
  }
}
