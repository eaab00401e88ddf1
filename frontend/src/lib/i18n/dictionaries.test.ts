import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { ko } from './ko';

const source = join(process.cwd(), 'src');
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|^testing|i18n[/\\](ko|en)\.ts$/.test(path))
  .map((path) => readFileSync(join(source, path), 'utf8'))
  .join('\n');

const keys = Object.keys(ko);
const namespaces = [...new Set(keys.filter((key) => key.includes('.')).map((key) => key.split('.')[0]))];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('the dictionaries', () => {
  it('say the same things in both languages', () => {
    expect(Object.keys(en)).toEqual(keys);
  });

  it.each(Object.entries(ko))('fill the same values into %s', (key, text) => {
    expect(text).not.toBe('');
    expect(placeholders(en[key as keyof typeof ko])).toEqual(placeholders(text));
  });

  it('hold no key that nothing uses', () => {
    expect(keys.filter((key) => !code.includes(`'${key}'`))).toEqual([]);
  });

  it('hold every key that the code names', () => {
    const named = [...code.matchAll(new RegExp(`'((?:${namespaces.join('|')})\\.[\\w.]+)'`, 'g'))].map(
      ([, key]) => key,
    );
    expect(named.filter((key) => key && !keys.includes(key))).toEqual([]);
  });
});
