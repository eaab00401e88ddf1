import { afterEach, describe, expect, it, vi } from 'vitest';
import { createQueryClient } from './query-client';
import { retryDelay } from './retry';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('retryDelay', () => {
  it.each([
    [0, 0, 500],
    [0, 0.5, 1_000],
    [0, 0.999, 1_499],
    [1, 0.5, 2_000],
    [9, 0.5, 16_000],
  ])('after %i failures and by chance %d is %i ms', (failures, chance, delay) => {
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    expect(retryDelay(failures)).toBe(delay);
  });

  it('is how all that is read and sent is tried again', () => {
    const options = createQueryClient().getDefaultOptions();
    expect(options.queries?.retryDelay).toBe(retryDelay);
    expect(options.mutations?.retryDelay).toBe(retryDelay);
  });
});
