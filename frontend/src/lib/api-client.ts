import type { SignedIn } from '@/types/api';
import { ApiError, readProblem } from './problem';
import { endSession, startSession, useSession } from './session';

type RequestOptions = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Sent without a token and never repeated: sign-in, sign-up, refresh. */
  anonymous?: boolean;
};

/** Sends a request to the gateway; a session that ran out is renewed once and the request repeated. */
export async function api<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const token = options.anonymous ? null : useSession.getState().accessToken;
  let response = await send(path, options, token);
  if (response.status === 401 && token) {
    const renewed = await renewSession(token);
    if (renewed) response = await send(path, options, renewed);
  }
  if (!response.ok) throw new ApiError(await readProblem(response));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function send(path: string, { method = 'GET', body, headers, signal }: RequestOptions, token: string | null) {
  try {
    return await fetch(path, {
      method,
      signal,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ status: 0, code: 'offline' }, { cause: error });
  }
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
    const session = await api<SignedIn>('/api/users/refresh', { method: 'POST', anonymous: true });
    startSession(session);
    return session.accessToken;
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) {
      endSession();
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
