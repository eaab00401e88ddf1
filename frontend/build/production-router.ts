import { join } from 'node:path';
import type { Plugin } from 'vite';

const build = join(import.meta.dirname, '../node_modules/react-router/dist/production');

/**
 * Builds with React Router's production build, which it ships but does not export: everyone gets the development build,
 * with its warnings (remix-run/react-router#14102).
 */
export function productionRouter(): Plugin {
  return {
    name: 'production-router',
    apply: 'build',
    config: () => ({
      resolve: {
        alias: [
          { find: /^react-router$/, replacement: join(build, 'index.mjs') },
          { find: /^react-router\/dom$/, replacement: join(build, 'dom-export.mjs') },
        ],
      },
    }),
  };
}
