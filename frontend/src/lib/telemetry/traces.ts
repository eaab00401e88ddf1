import { ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, StackContextManager, WebTracerProvider } from '@opentelemetry/sdk-trace-web';
import { UserActions } from './user-actions';
import { WithoutQueries } from './without-queries';

const collector = '/otlp/v1/traces';

/** What users do that makes pages ask for something. */
const triggers = ['click', 'submit', 'change', 'popstate'];

/** Makes requests outside of any span belong to what the user did last. */
class UserActionContext extends StackContextManager {
  constructor(private readonly actions: UserActions) {
    super();
  }

  override active(): Context {
    const active = super.active();
    return active === ROOT_CONTEXT ? (this.actions.context ?? active) : active;
  }
}

/** Traces what users do and the API requests that follow from it, and tells the services which trace they are part of. */
export function startTraces() {
  const { origin } = window.location;
  const actions = new UserActions();
  const exporter = new OTLPTraceExporter({ url: `${origin}${collector}` });
  const provider = new WebTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'frontend-svc', 'service.namespace': 'msa-shop' }),
    spanProcessors: [new WithoutQueries(), actions, new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  });
  provider.register({ contextManager: new UserActionContext(actions) });

  registerInstrumentations({
    instrumentations: [
      new FetchInstrumentation({
        // The shop's API and nothing else: not the collector, not what Toss's script does.
        ignoreUrls: [new RegExp(`^(?!${origin}/api/)`)],
        ignoreNetworkEvents: true,
      }),
    ],
  });

  const tracer = trace.getTracer('storefront');
  actions.begin(tracer, 'load');
  for (const trigger of triggers) {
    window.addEventListener(trigger, () => actions.begin(tracer, trigger), { capture: true });
  }
}
