import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { addAccount, db, issueToken } from '@/testing/mocks/db';
import { server } from '@/testing/mocks/server';
import { client, read, restoreSession } from './api-client';
import { ApiError } from './problem';
import { endSession, hasSessionHint, startSession, useSession } from './session';

function signInWith(accessToken: string) {
  const user = addAccount();
  db.refreshUserId = user.id;
  startSession({ accessToken, tokenType: 'Bearer', expiresIn: 900, user });
  return user;
}

function countRefreshes() {
  const counted = { refreshes: 0 };
  server.events.on('request:start', ({ request }) => {
    if (request.url.endsWith('/api/users/refresh')) counted.refreshes++;
  });
  return counted;
}

beforeEach(() => {
  server.events.removeAllListeners();
  endSession();
});

describe('a session that ran out', () => {
  it('is renewed once for all requests that meet it, and each is repeated', async () => {
    signInWith('expired');
    const counted = countRefreshes();

    const lists = await Promise.all(
      [1, 2, 3].map((page) => read(client.GET('/api/orders', { params: { query: { page } } }))),
    );

    expect(lists.map(({ total }) => total)).toEqual([0, 0, 0]);
    expect(counted.refreshes).toBe(1);
    expect(useSession.getState().accessToken).not.toBe('expired');
  });

  it('ends when it cannot be renewed', async () => {
    signInWith('expired');
    db.refreshUserId = null;

    await expect(client.GET('/api/orders')).rejects.toMatchObject({ code: 'session_ended' });

    expect(useSession.getState()).toMatchObject({ status: 'ended', accessToken: null });
  });

  it('lives on when the server is only out of reach', async () => {
    signInWith('expired');
    server.use(http.post('*/api/users/refresh', () => HttpResponse.error()));

    await expect(client.GET('/api/orders')).rejects.toMatchObject({ code: 'offline' });

    expect(useSession.getState().status).toBe('signed-in');
  });
});

describe('taking up an earlier session', () => {
  it('gets a new token with the cookie', async () => {
    const user = addAccount();
    issueToken(user.id);
    useSession.setState({ status: 'restoring' });

    await restoreSession();

    expect(useSession.getState()).toMatchObject({ status: 'signed-in', user: { email: user.email } });
  });

  it('says that it has ended, and does not ask again', async () => {
    signInWith('expired');
    db.refreshUserId = null;
    useSession.setState({ status: 'restoring', user: null, accessToken: null });

    await restoreSession();

    expect(useSession.getState().status).toBe('ended');
    expect(hasSessionHint()).toBe(false);
  });

  it('asks for nothing when there was none', async () => {
    const counted = countRefreshes();
    await restoreSession();
    expect(counted.refreshes).toBe(0);
  });
});

it('never stores the access token', () => {
  signInWith('secret-token');
  const stored = JSON.stringify({ ...localStorage, ...sessionStorage });
  expect(stored).not.toContain('secret-token');
});

describe('errors', () => {
  it.each([
    ['problem details', () => HttpResponse.json({ code: 'out_of_stock' }, { status: 409 }), 'out_of_stock'],
    ['a page of a proxy', () => HttpResponse.html('<h1>Bad gateway</h1>', { status: 502 }), 'unavailable'],
    [
      'broken JSON',
      () => new HttpResponse('{', { status: 429, headers: { 'Content-Type': 'application/json' } }),
      'too_many_requests',
    ],
    ['no connection', () => HttpResponse.error(), 'offline'],
  ])('carry a code: %s', async (_, answer, code) => {
    server.use(http.get('*/api/products', answer));
    const error = await client.GET('/api/products').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code });
  });
});
