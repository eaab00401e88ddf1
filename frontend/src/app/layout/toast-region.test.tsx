import { act, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import { useToasts } from '@/lib/toasts';
import { ToastRegion } from './toast-region';

beforeEach(() => useToasts.setState({ toasts: [] }));

const renderAt = (address: string) => {
  const router = createMemoryRouter([{ path: '*', element: <ToastRegion /> }], { initialEntries: [address] });
  render(<RouterProvider router={router} />);
  return { goTo: (path: string) => act(() => router.navigate(path)) };
};

const show = (toast: { text: string; page?: string }) => act(() => useToasts.getState().show(toast));

it('takes a message away with the page that it was shown on', async () => {
  const { goTo } = renderAt('/account');
  show({ text: '저장했어요' });
  expect(screen.getByText('저장했어요')).toBeVisible();

  await goTo('/');
  expect(screen.queryByText('저장했어요')).not.toBeInTheDocument();
});

it.each(['/account', '/'])(
  'keeps a message for the page to come, shown while %s still is or already is',
  async (shownOn) => {
    const { goTo } = renderAt(shownOn);
    show({ text: '로그아웃했어요', page: '/' });

    await goTo('/');
    expect(screen.getByText('로그아웃했어요')).toBeVisible();

    await goTo('/cart');
    expect(screen.queryByText('로그아웃했어요')).not.toBeInTheDocument();
  },
);
