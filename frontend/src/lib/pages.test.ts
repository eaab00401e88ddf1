import { describe, expect, it } from 'vitest';
import { countPages, lastPage, parsePage } from './pages';

describe('countPages', () => {
  it.each([
    [0, 0],
    [1, 1],
    [20, 1],
    [21, 2],
    [lastPage * 20, lastPage],
    [1_000_000, lastPage],
  ])('offers of %i items in twenties %i pages', (total, pages) => {
    expect(countPages(total, 20)).toBe(pages);
  });
});

describe('parsePage', () => {
  it.each([
    [null, 1],
    ['', 1],
    ['0', 1],
    ['-1', 1],
    ['1.5', 1],
    ['abc', 1],
    ['7', 7],
    [String(lastPage), lastPage],
    [String(lastPage + 1), lastPage],
    ['999999', lastPage],
  ])('reads %j as %i', (text, page) => {
    expect(parsePage(text)).toBe(page);
  });
});
