import { expect, it } from 'vitest';
import { fontsFor } from './fonts';
import { judge, type Resource } from './weigh';

const resources: Resource[] = [
  { type: 'script', name: 'router.js', bytes: 30 * 1024 },
  { type: 'script', name: 'react.js', bytes: 50 * 1024 },
  { type: 'stylesheet', name: 'shop.css', bytes: 20 * 1024 },
];

it('is content within the budget', () => {
  const { excesses, summary } = judge(resources, {
    path: '/',
    resourceSizes: [
      { resourceType: 'script', budget: 80 },
      { resourceType: 'total', budget: 100 },
    ],
    resourceCounts: [{ resourceType: 'stylesheet', budget: 1 }],
  });
  expect(excesses).toEqual([]);
  expect(summary).toBe('script 80.0 KB, stylesheet 20.0 KB, total 100.0 KB');
});

it('names what is over, the biggest first', () => {
  const { excesses } = judge(resources, {
    path: '/',
    resourceSizes: [
      { resourceType: 'script', budget: 79 },
      { resourceType: 'total', budget: 99 },
    ],
    resourceCounts: [{ resourceType: 'script', budget: 1 }],
  });
  expect(excesses).toEqual([
    'script: 80.0 KB of 79 KB. The biggest: react.js 50.0 KB, router.js 30.0 KB',
    'total: 100.0 KB of 99 KB. The biggest: react.js 50.0 KB, router.js 30.0 KB, shop.css 20.0 KB',
    'script: 2 files of 1',
  ]);
});

const css = `
  @font-face{font-family:P;src:url(/assets/hangul.woff2)format("woff2");unicode-range:U+AC00-D7A3,U+41}
  @font-face{font-family:P;src:url("/assets/latin.woff2")format("woff2");unicode-range:U+0-7F}
  @font-face{font-family:P;src:url(/assets/arrows.woff2)format("woff2");unicode-range:U+21??}`;

it.each([
  ['A', ['assets/latin.woff2']],
  ['가 →', ['assets/hangul.woff2', 'assets/latin.woff2', 'assets/arrows.woff2']],
  ['漢', []],
])('finds the fonts of %s', (text, files) => {
  expect([...fontsFor(text, css)]).toEqual(files);
});
