import { render, screen } from '@testing-library/react';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Button, Dialog, DialogTrigger, Modal } from 'react-aria-components';
import { expect, it, vi } from 'vitest';
import { readSecurityHeaders, withNonce } from './security-headers';

const toss = 'https://*.tosspayments.com';
const policy = readSecurityHeaders(toss)['Content-Security-Policy'] ?? '';
const permitted = (directive: string) =>
  policy
    .split('; ')
    .find((part) => part.startsWith(`${directive} `))
    ?.split(' ')
    .slice(1);

it('reads every header that nginx sends', () => {
  const template = readFileSync('nginx/templates/security-headers.inc.template', 'utf8');
  expect(Object.keys(readSecurityHeaders(toss))).toHaveLength(template.match(/^add_header/gm)?.length ?? 0);
});

it('permits the shop and Toss, and nothing else', () => {
  const sources = policy.split('; ').flatMap((part) => part.split(' ').slice(1));
  const others = sources.filter((source) => !["'self'", "'none'", 'blob:', toss].includes(source));
  expect(others.every((source) => /^'sha256-/.test(source))).toBe(true);
  expect(permitted('script-src')).toEqual(["'self'", toss]);
  expect(permitted('default-src')).toEqual(["'none'"]);
});

it('permits each style that React Aria adds to the page', async () => {
  // It adds none in tests otherwise, and the one for dialogs only on iOS.
  vi.stubEnv('NODE_ENV', 'production');
  vi.spyOn(navigator, 'platform', 'get').mockReturnValue('iPhone');
  render(
    <DialogTrigger defaultOpen>
      <Button>Open</Button>
      <Modal>
        <Dialog aria-label="A dialog">Text</Dialog>
      </Modal>
    </DialogTrigger>,
  );
  await screen.findByRole('dialog');

  const styles = [...document.head.querySelectorAll('style')].map((style) => style.textContent);
  expect(styles).toHaveLength(2);
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect(permitted('style-src')).toEqual(["'self'", ...styles.map(hash).sort()]);
});

it('permits in development what carries the nonce', () => {
  const relaxed = withNonce(policy, 'once');
  expect(relaxed).toContain(`script-src 'nonce-once' 'self' ${toss};`);
  expect(relaxed).toContain("style-src 'nonce-once' 'self' 'sha256-");
});
