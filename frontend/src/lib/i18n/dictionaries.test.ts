import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en as adminEn } from './admin/en';
import { ko as adminKo } from './admin/ko';
import { en as guideEn } from './guide/en';
import { ko as guideKo } from './guide/ko';
import { en as shopEn } from './en';
import { ko as shopKo } from './ko';

type Words = Record<string, string>;

const source = join(process.cwd(), 'src');
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|^testing|[/\\](ko|en)\.ts$/.test(path))
  .map((path) => readFileSync(join(source, path), 'utf8'))
  .join('\n');

const namespacesOf = (keys: string[]) =>
  [...new Set(keys.filter((key) => key.includes('.')).map((key) => key.split('.')[0]))].join('|');
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe.each<[string, Words, Words]>([
  ['shop', shopKo, shopEn],
  ['admin area', adminKo, adminEn],
  ['guide', guideKo, guideEn],
])('the dictionaries of the %s', (_, ko, en) => {
  const keys = Object.keys(ko);

  it('say the same things in both languages', () => {
    expect(Object.keys(en)).toEqual(keys);
  });

  it.each(Object.entries(ko))('fill the same values into %s', (key, text) => {
    expect(text).not.toBe('');
    expect(placeholders(en[key] ?? '')).toEqual(placeholders(text));
  });

  it('hold no key that nothing uses', () => {
    expect(keys.filter((key) => !code.includes(`'${key}'`) && !code.includes(`"${key}"`))).toEqual([]);
  });

  it('hold every key that the code names', () => {
    const named = [...code.matchAll(new RegExp(`['"]((?:${namespacesOf(keys)})\\.[\\w.]+)['"]`, 'g'))].map(
      ([, key]) => key,
    );
    expect(named.filter((key) => key && !keys.includes(key))).toEqual([]);
  });
});
