import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const template = join(import.meta.dirname, '../nginx/templates/security-headers.inc.template');

/** The headers of every page, read from the file that the production web server includes. */
export function readSecurityHeaders(tossOrigins: string, config = readFileSync(template, 'utf8')) {
  const lines = config.matchAll(/^add_header (?<name>[\w-]+) "(?<value>[^"]+)" always;$/gm);
  return Object.fromEntries(
    [...lines].map(({ groups }) => [
      groups?.name ?? '',
      (groups?.value ?? '')
        .replaceAll('${TOSS_ORIGINS}', tossOrigins)
        .replaceAll('${PICTURE_ORIGINS}', process.env.PICTURE_ORIGINS ?? ''),
    ]),
  );
}

/** Permits what carries the nonce, besides what the policy permits anyway. */
export function withNonce(policy: string, nonce: string) {
  return policy.replace(/(script-src|style-src) /g, `$1 'nonce-${nonce}' `);
}

/**
 * Has Vite's servers send the same security headers as production, so that what the policy forbids fails on the
 * developer's screen first. The development server puts scripts and styles into the page, which a nonce permits.
 */
export function securityHeaders(tossOrigins: string): Plugin {
  const headers = readSecurityHeaders(tossOrigins);
  return {
    name: 'security-headers',
    config(_, { command, isPreview }) {
      if (isPreview) return { preview: { headers } };
      if (command === 'build') return {};
      const nonce = randomUUID();
      const policy = withNonce(headers['Content-Security-Policy'] ?? '', nonce);
      return { html: { cspNonce: nonce }, server: { headers: { ...headers, 'Content-Security-Policy': policy } } };
    },
  };
}
