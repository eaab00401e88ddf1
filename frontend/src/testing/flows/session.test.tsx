import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { useCart } from '@/features/shop/cart/stores/cart-store';
import { useSession } from '@/lib/session';
import { addAccount, addProduct, db, endSessions } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
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

it("says in the reader's language what only the server finds wrong", async () => {
  const errors = { email: ['The field Email must be an e-mail address of at most 50 characters.'] };
  server.use(http.post('*/api/users/signup', () => problem(400, 'validation_failed', { errors })));
  const { shopper } = renderApp('/sign-up');
  const email = await screen.findByLabelText(/이메일/);
  await shopper.type(email, 'odd@example.com');
  await shopper.type(screen.getByLabelText(/비밀번호/), 'long-enough');
  await shopper.type(screen.getByLabelText(/이름/), '이바다');
  await shopper.click(screen.getByRole('button', { name: '회원가입' }));
  await waitFor(() => expect(email).toHaveAccessibleDescription('이 값을 다시 확인해 주세요'));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
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

async function signInAgain(shopper: ReturnType<typeof renderApp>['shopper'], password: string) {
  const ended = within(await screen.findByRole('alertdialog', { name: '로그인이 끝났어요' }));
  await shopper.type(ended.getByLabelText(/비밀번호/), `${password}{Enter}`);
  await waitFor(() => expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument());
}

it('goes on with the order when the session ended in the middle of checking out', async () => {
  const account = addAccount({ password: 'shopper-1234' });
  const { router, shopper } = renderApp('/cart', { user: account });
  useCart.getState().add(addProduct({ price: 10_000 }), 1);
  await shopper.click(await screen.findByRole('link', { name: '주문하기' }));
  await shopper.type(await screen.findByLabelText(/우편번호/), '04524');
  await shopper.type(screen.getByLabelText(/^주소/), '서울특별시 중구 세종대로 110');
  await shopper.click(screen.getByRole('button', { name: '다음: 결제' }));
  await shopper.click(await screen.findByRole('radio', { name: /무통장입금/ }));
  await shopper.clear(screen.getByLabelText(/입금자 이름/));
  await shopper.type(screen.getByLabelText(/입금자 이름/), '김바다');
  endSessions();
  await shopper.click(screen.getByRole('button', { name: '10,000원 주문하기' }));

  await signInAgain(shopper, 'shopper-1234');
  expect(router.state.location).toMatchObject({ pathname: '/checkout', search: '?step=payment' });
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(screen.getByLabelText(/입금자 이름/)).toHaveValue('김바다');
  expect(db.orders).toHaveLength(0);

  await shopper.click(screen.getByRole('button', { name: '10,000원 주문하기' }));
  expect(await screen.findByRole('heading', { name: '주문을 받았어요' })).toBeVisible();
  expect(db.orders).toMatchObject([{ bankAccount: { depositorName: '김바다' } }]);
});

it('keeps what was typed about the account when the session ended', async () => {
  const account = addAccount({ password: 'shopper-1234' });
  const { shopper } = renderApp('/account', { user: account });
  const profile = within(await screen.findByRole('region', { name: '회원 정보' }));
  await shopper.clear(profile.getByLabelText(/이름/));
  await shopper.type(profile.getByLabelText(/이름/), '김바다');
  endSessions();
  await shopper.click(profile.getByRole('button', { name: '저장' }));

  await signInAgain(shopper, 'shopper-1234');
  expect(profile.getByLabelText(/이름/)).toHaveValue('김바다');
  await shopper.click(profile.getByRole('button', { name: '저장' }));
  await waitFor(() => expect(account.name).toBe('김바다'));
});

it('shows nothing of the page to somebody else who signs in after the session ended', async () => {
  const [owner, stranger] = [addAccount(), addAccount({ email: 'sea@example.com', password: 'shopper-5678' })];
  const { shopper } = renderApp('/account', { user: owner });
  const profile = within(await screen.findByRole('region', { name: '회원 정보' }));
  await shopper.clear(profile.getByLabelText(/이름/));
  await shopper.type(profile.getByLabelText(/이름/), '비밀');
  endSessions();
  await shopper.click(profile.getByRole('button', { name: '저장' }));

  const ended = within(await screen.findByRole('alertdialog'));
  await shopper.clear(ended.getByLabelText(/이메일/));
  await shopper.type(ended.getByLabelText(/이메일/), 'sea@example.com');
  await signInAgain(shopper, 'shopper-5678');
  expect(screen.getByLabelText(/이메일/)).toHaveValue('sea@example.com');
  expect(screen.getByLabelText(/이름/)).toHaveValue(stranger.name);
});
