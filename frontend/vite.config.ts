import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { browserTraces } from './build/browser-traces.ts';
import { budgets } from './build/budgets.ts';
import { precompress } from './build/precompress.ts';
import { productionRouter } from './build/production-router.ts';
import { securityHeaders } from './build/security-headers.ts';

// Aspire hands over the gateway's address and the port to serve on; the defaults serve a shop started by hand.
const gateway = process.env.GATEWAY_URL ?? process.env.GATEWAY_SVC_HTTP ?? 'http://localhost:9090';
const tossOrigins = process.env.TOSS_ORIGINS ?? 'https://*.tosspayments.com http://localhost:8090';
const server = {
  host: 'localhost',
  port: Number(process.env.PORT ?? 3000),
  strictPort: true,
  // changeOrigin stays off: the gateway sees the storefront's own host, so cookies are first-party.
  proxy: { '/api': { target: gateway, changeOrigin: false } },
};

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    productionRouter(),
    securityHeaders(tossOrigins),
    browserTraces(),
    budgets({
      path: '/',
      route: 'src/app/routes/catalogue.tsx',
      forbidden: /\/src\/.*\/admin\//,
      text: 'src/lib/i18n/ko.ts',
    }),
    precompress(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server,
  preview: server,
  build: {
    // Fonts stay files, so that a browser fetches only the subsets a page needs.
    assetsInlineLimit: 0,
    // Browsers without module preloading load the same modules a little later.
    modulePreload: { polyfill: false },
    // What every page starts with is one file, which compresses better than one for each set of pages that share it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
  },
  test: {
    environmentOptions: { jsdom: { url: 'http://localhost:3000' } },
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    restoreMocks: true,
    // Generous, for machines that are busy with the rest of the shop.
    testTimeout: 30_000,
    include: ['{src,build}/**/*.test.{ts,tsx}'],
  },
});
