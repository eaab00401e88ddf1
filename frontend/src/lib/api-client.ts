import createClient from 'openapi-fetch';
import type { paths as OrderPaths } from '@/api/order-svc';
import type { paths as PaymentPaths } from '@/api/payment-svc';
import type { paths as ProductPaths } from '@/api/product-svc';
import type { paths as UserPaths } from '@/api/user-svc';
import type { SignedIn } from '@/types/api';
import { ApiError, readProblem, sessionEnded } from './problem';
import { loseSession, startSession, useSession } from './session';

/** Every request that the services document; one that they do not know does not compile. */
type Paths = UserPaths & ProductPaths & OrderPaths & PaymentPaths;

const baseUrl = window.location.origin;

/** Sends requests with the user's access token. An expired session is renewed once, and the request repeated. */
export const client = createClient<Paths>({ baseUrl, fetch: sendWithSession });

/** Sends requests without a token and never repeats them: sign-in, sign-up, refresh. */
export const anonymousClient = createClient<Paths>({ baseUrl, fetch: send });

/** What the answer holds. Answers of errors never come this far: they are thrown as {@link ApiError}. */
export async function read<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  return data as T;
}

async function sendWithSession(request: Request): Promise<Response> {
  const { accessToken: token } = useSession.getState();
  if (!token) return send(request);
  const repeated = request.clone();
  try {
    return await send(withToken(request, token));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    const renewed = await renewSession(token);
    if (!renewed) throw new ApiError({ ...error.problem, code: sessionEnded }, { cause: error });
    return send(withToken(repeated, renewed));
  }
}

function withToken(request: Request, token: string) {
  request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

async function send(request: Request): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError({ status: 0, code: 'offline' }, { cause: error });
  }
  if (!response.ok) throw new ApiError(await readProblem(response));
  return response;
}

let renewal: Promise<string | null> | null = null;

/** Renews the session whose token is given. Calls at the same time share one request. */
export function renewSession(staleToken: string | null): Promise<string | null> {
  const { accessToken } = useSession.getState();
  if (accessToken !== staleToken) return Promise.resolve(accessToken);
  renewal ??= inTurn(refresh).finally(() => {
    renewal = null;
  });
  return renewal;
}

async function refresh(): Promise<string | null> {
  try {
    const session: SignedIn = await read(anonymousClient.POST('/api/users/refresh'));
    startSession(session);
    return session.accessToken;
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) {
      loseSession();
      return null;
    }
    throw error;
  }
}

/** Refresh tokens rotate and a replayed one ends the session, so tabs that share the cookie take turns. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request('msa-shop.refresh', work) : work();
}

/** Takes up the session of an earlier visit, if there may be one. */
export async function restoreSession(): Promise<void> {
  if (useSession.getState().status !== 'restoring') return;
  try {
    await renewSession(null);
  } catch {
    // Not reachable: browsing goes on without a session, and the next visit tries again.
    useSession.setState({ status: 'anonymous' });
  }
}
