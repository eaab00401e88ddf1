import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useSession } from '@/lib/session';
import { addAccount, db } from '../mocks/db';
import { renderApp } from '../render-app';

it('asks visitors to sign in and brings them back to where they were', async () => {
  addAccount({ email: 'sky@example.com', password: 'shopper-1234' });
  const { router, shopper } = renderApp('/orders');

  await shopper.type(await screen.findByLabelText(/이메일/), 'sky@example.com');
  await shopper.type(screen.getByLabelText(/비밀번호/), 'wrong-1234{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('이메일이나 비밀번호가 맞지 않아요.');

  await shopper.clear(screen.getByLabelText(/비밀번호/));
  await shopper.type(screen.getByLabelText(/비밀번호/), 'shopper-1234{Enter}');
  expect(await screen.findByText('아직 주문이 없어요')).toBeVisible();
  expect(router.state.location.pathname).toBe('/orders');
});

it('opens an account and signs in to it', async () => {
  const { shopper } = renderApp('/sign-up');
  await shopper.type(await screen.findByLabelText(/이메일/), 'new@example.com');
  await shopper.type(screen.getByLabelText(/비밀번호/), 'long-enough');
  await shopper.type(screen.getByLabelText(/이름/), '이바다');
  await shopper.click(screen.getByRole('button', { name: '회원가입' }));
  await waitFor(() => expect(useSession.getState().user).toMatchObject({ email: 'new@example.com', name: '이바다' }));
});

it('says at the field what is wrong', async () => {
  const { shopper } = renderApp('/sign-up');
  await shopper.type(await screen.findByLabelText(/이메일/), 'not an address');
  await shopper.type(screen.getByLabelText(/비밀번호/), 'short');
  await shopper.click(screen.getByRole('button', { name: '회원가입' }));
  expect(await screen.findByLabelText(/이메일/)).toHaveAccessibleDescription('이메일 주소를 다시 확인해 주세요');
  expect(screen.getByLabelText(/비밀번호/)).toHaveAccessibleDescription(/8자 이상으로 정해 주세요/);
  expect(screen.getByLabelText(/이름/)).toHaveAccessibleDescription('꼭 적어 주세요');
  expect(db.accounts).toHaveLength(0);
});

it('says when the email is taken', async () => {
  addAccount({ email: 'taken@example.com' });
  const { shopper } = renderApp('/sign-up');
  await shopper.type(await screen.findByLabelText(/이메일/), 'taken@example.com');
  await shopper.type(screen.getByLabelText(/비밀번호/), 'long-enough');
  await shopper.type(screen.getByLabelText(/이름/), '이바다');
  await shopper.click(screen.getByRole('button', { name: '회원가입' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('이미 가입된 이메일이에요.');
});

it('signs out', async () => {
  const { shopper } = renderApp('/', { user: addAccount() });
  await shopper.click(await screen.findByRole('button', { name: /계정 메뉴/ }));
  expect(screen.queryByRole('menuitem', { name: '관리자' })).not.toBeInTheDocument();
  await shopper.click(screen.getByRole('menuitem', { name: '로그아웃' }));
  expect(await screen.findByRole('link', { name: '로그인' })).toBeVisible();
  expect(db.refreshUserId).toBeNull();
});
