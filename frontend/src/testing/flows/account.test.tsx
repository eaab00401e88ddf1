import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { addAccount, db } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
import { renderApp } from '../render-app';

it('changes the name and the phone number', async () => {
  const account = addAccount({ name: '김하늘', phone: '010-1111-2222' });
  const { router, shopper } = renderApp('/', { user: account });
  await shopper.click(await screen.findByRole('button', { name: /김하늘님/ }));
  await shopper.click(screen.getByRole('menuitem', { name: '내 정보' }));

  const profile = within(await screen.findByRole('region', { name: '회원 정보' }));
  expect(router.state.location.pathname).toBe('/account');
  await shopper.clear(profile.getByLabelText(/이름/));
  await shopper.type(profile.getByLabelText(/이름/), '김바다');
  await shopper.clear(profile.getByLabelText(/휴대폰/));
  await shopper.click(profile.getByRole('button', { name: '저장' }));

  expect(await screen.findByRole('button', { name: /김바다님/ })).toBeVisible();
  expect(account).toMatchObject({ name: '김바다', phone: null });
});

it('changes the password with the current one', async () => {
  const account = addAccount({ password: 'shopper-1234' });
  const { shopper } = renderApp('/account', { user: account });
  const form = within(await screen.findByRole('region', { name: '비밀번호' }));
  await shopper.type(form.getByLabelText(/지금 비밀번호/), 'guessed-1234');
  await shopper.type(form.getByLabelText(/새 비밀번호/), 'better-5678');
  await shopper.click(form.getByRole('button', { name: '비밀번호 바꾸기' }));
  await waitFor(() =>
    expect(form.getByLabelText(/지금 비밀번호/)).toHaveAccessibleDescription('지금 비밀번호가 맞지 않아요'),
  );
  expect(account.password).toBe('shopper-1234');

  await shopper.clear(form.getByLabelText(/지금 비밀번호/));
  await shopper.type(form.getByLabelText(/지금 비밀번호/), 'shopper-1234');
  await shopper.click(form.getByRole('button', { name: '비밀번호 바꾸기' }));
  expect(await screen.findByText(/비밀번호를 바꿨어요/)).toBeVisible();
  expect(account.password).toBe('better-5678');
  expect(form.getByLabelText(/새 비밀번호/)).toHaveValue('');
});

it('signs out on all devices after asking, and only when the server did', async () => {
  const account = addAccount();
  const { router, shopper } = renderApp('/account', { user: account });
  server.use(http.post('*/api/users/logout', () => problem(503, 'unavailable'), { once: true }));

  await shopper.click(await screen.findByRole('button', { name: '모든 기기에서 로그아웃' }));
  const question = within(await screen.findByRole('alertdialog'));
  await shopper.click(question.getByRole('button', { name: '모두 로그아웃' }));
  expect(await question.findByRole('alert')).toHaveTextContent('지금은 서비스를 이용할 수 없어요');
  expect(db.validTokens.size).toBe(1);

  await shopper.click(question.getByRole('button', { name: '모두 로그아웃' }));
  expect(await screen.findByText('모든 기기에서 로그아웃했어요')).toBeVisible();
  expect(screen.getByRole('link', { name: '로그인' })).toBeVisible();
  expect(router.state.location.pathname).toBe('/');
  expect(db.validTokens.size).toBe(0);
});
