import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { sizeReport } from './build/size-report.ts';

// Aspire hands over the gateway's address and the port to serve on; the defaults serve a shop started by hand.
const gateway =
  process.env.GATEWAY_SVC_HTTP ?? process.env['services__gateway-svc__http__0'] ?? 'http://localhost:9090';
const server = {
  host: 'localhost',
  port: Number(process.env.PORT ?? 3000),
  strictPort: true,
  // changeOrigin stays off: the gateway sees the storefront's own host, so cookies are first-party.
  proxy: { '/api': { target: gateway, changeOrigin: false } },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), sizeReport({ route: 'src/app/routes/catalogue.tsx', budgetKilobytes: 120 })],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server,
  preview: server,
  build: {
    // Fonts stay files, so that a browser fetches only the subsets a page needs.
    assetsInlineLimit: 0,
  },
  test: {
    environmentOptions: { jsdom: { url: 'http://localhost:3000' } },
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    restoreMocks: true,
    // Generous, for machines that are busy with the rest of the shop.
    testTimeout: 30_000,
    include: ['src/**/*.test.{ts,tsx}'],
  },
});
