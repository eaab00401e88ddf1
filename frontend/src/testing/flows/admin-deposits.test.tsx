import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { adminHandlers, depositHandlers, move } from '../mocks/admin-handlers';
import { addAccount, addOrder, addPayment } from '../mocks/db';
import { server } from '../mocks/server';
import { renderApp } from '../render-app';

beforeEach(() => server.use(...adminHandlers, ...depositHandlers(10)));

function expectDeposit(depositorName: string, amount: number) {
  const order = addOrder({
    totalPrice: amount,
    paymentMethod: 'BANK_TRANSFER',
    bankAccount: { bank: '국민은행', accountNumber: '1', holder: '상점', depositorName },
  });
  return { order, payment: addPayment(order, { status: 'PENDING', checking: false }) };
}

const open = () => renderApp('/admin/deposits', { user: addAccount({ role: 'ADMIN' }) });

const names = () =>
  within(screen.getByRole('list', { name: '입금을 기다리는 주문' }))
    .getAllByRole('listitem')
    .map((row) => row.querySelector('strong')?.textContent);

it('finds a deposit as the statement has it, confirms it with Enter and takes it back with U', async () => {
  const { payment } = expectDeposit('김하늘', 24_000);
  expectDeposit('이도윤', 24_000);
  const { shopper } = open();
  await screen.findByText('김하늘');
  expect(screen.getByRole('searchbox')).toHaveFocus();

  await shopper.keyboard('24,000 하늘');
  expect(names()).toEqual(['김하늘']);
  await shopper.keyboard('{Enter}');
  expect(await screen.findByText(/김하늘 24,000원 입금을 확인했어요/)).toBeVisible();
  expect(payment.status).toBe('COMPLETED');
  expect(screen.getByRole('searchbox')).toHaveValue('');
  expect(names()).toEqual(['이도윤']);

  await shopper.keyboard('u');
  await waitFor(() => expect(names()).toEqual(['김하늘', '이도윤']));
  expect(payment.status).toBe('PENDING');
  expect(screen.getByRole('searchbox')).toHaveValue('');
  expect(screen.queryByText(/입금을 확인했어요/)).not.toBeInTheDocument();
});

it('confirms nothing by Enter until one of several is chosen with the arrows', async () => {
  const { payment: first } = expectDeposit('김하늘', 24_000);
  const { payment: second } = expectDeposit('김하늘', 9_000);
  const { shopper } = open();
  await screen.findByText('9,000원');
  await shopper.keyboard('하늘{Enter}');
  expect([first.status, second.status]).toEqual(['PENDING', 'PENDING']);
  await shopper.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(await screen.findByText(/9,000원 입금을 확인했어요/)).toBeVisible();
  expect([first.status, second.status]).toEqual(['PENDING', 'COMPLETED']);
});

it('says plainly that it is too late to undo', async () => {
  const { order, payment } = expectDeposit('김하늘', 24_000);
  const { shopper } = open();
  await shopper.click(await screen.findByRole('button', { name: '입금 확인' }));
  const undo = await screen.findByRole('button', { name: /되돌리기/ });
  move(order, 'CONFIRMED');
  await shopper.click(undo);
  expect(await screen.findByRole('alert')).toHaveTextContent('시간이 지나 되돌릴 수 없어요');
  expect(screen.queryByRole('button', { name: /되돌리기/ })).not.toBeInTheDocument();
  expect(payment.status).toBe('COMPLETED');
});

it('offers no way back once the time is over', async () => {
  server.use(...depositHandlers(1.4));
  expectDeposit('김하늘', 24_000);
  const { shopper } = open();
  await shopper.click(await screen.findByRole('button', { name: '입금 확인' }));
  await screen.findByText(/입금을 확인했어요/);
  await waitFor(() => expect(screen.queryByRole('button', { name: /되돌리기/ })).not.toBeInTheDocument());
});

it('shows what was to come when another amount came', async () => {
  const { payment } = expectDeposit('김하늘', 24_000);
  const { shopper } = open();
  await shopper.click(await screen.findByRole('button', { name: '다르게 입금됨' }));
  const dialog = await screen.findByRole('dialog');
  const amount = within(dialog).getByLabelText(/입금액/);
  await shopper.clear(amount);
  await shopper.type(amount, '20000');
  await shopper.click(within(dialog).getByRole('button', { name: '입금 확인' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('입금할 금액은 24,000원이에요');
  expect(payment.status).toBe('PENDING');
});

it('takes another name down and is ready for the next deposit', async () => {
  const { payment } = expectDeposit('김하늘', 24_000);
  const { shopper } = open();
  await shopper.click(await screen.findByRole('button', { name: '다르게 입금됨' }));
  const name = within(await screen.findByRole('dialog')).getByLabelText(/입금자명/);
  expect(name).toHaveFocus();
  await shopper.keyboard('김바다{Enter}');
  expect(await screen.findByText(/입금을 확인했어요/)).toBeVisible();
  expect(payment.status).toBe('COMPLETED');
  await waitFor(() => expect(screen.getByRole('searchbox')).toHaveFocus());
});

it('opens with the deposit that a link is about, until something else is typed', async () => {
  const { order } = expectDeposit('김하늘', 24_000);
  expectDeposit('이도윤', 9_000);
  const { shopper, router } = renderApp(`/admin/deposits?q=${order.orderNumber}`, {
    user: addAccount({ role: 'ADMIN' }),
  });
  await screen.findByText('김하늘');
  expect(names()).toEqual(['김하늘']);
  await shopper.clear(screen.getByRole('searchbox'));
  expect(names()).toEqual(['김하늘', '이도윤']);
  expect(router.state.location.search).toBe('');
});
