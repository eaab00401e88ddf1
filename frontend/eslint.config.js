import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

const shared = ['api', 'components', 'config', 'lib', 'types'].map((folder) => `./src/${folder}`);

/** What each feature may import besides itself and shared code. All else is composed in app/. */
const uses = { 'shop/checkout': ['shop/cart'] };

const foldersIn = (path) => readdirSync(new URL(path, import.meta.url));
const features = foldersIn('./src/features/').flatMap((area) =>
  foldersIn(`./src/features/${area}/`).map((name) => `${area}/${name}`),
);

const queryKeyMessage = 'Query keys stand in src/api, beside the query: use one of its key factories.';

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'src/api/*.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    files: ['**/*.{ts,tsx,js}'],
    plugins: { 'import-x': importX },
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/no-cycle': 'error',
      // One way only: shared code → features → app.
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            ...features.map((feature) => ({
              target: `./src/features/${feature}`,
              from: './src/features',
              except: [feature, ...(uses[feature] ?? [])].map((name) => `./${name}`),
              message: 'Features do not import each other: compose them in app/, or allow it in eslint.config.js.',
            })),
            { target: './src/features', from: './src/app', message: 'Features do not know the app.' },
            { target: shared, from: ['./src/features', './src/app'], message: 'Shared code knows no feature.' },
          ],
        },
      ],
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Requests go through lib/api-client.' }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/api/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "Property[key.name='queryKey'][value.type!=/^(Call|Member)Expression$/]",
          message: queryKeyMessage,
        },
        {
          selector:
            'CallExpression[callee.property.name=/^(get|set)Query(Data|Defaults|State)$/][arguments.0.type!=/^(Call|Member)Expression$/]',
          message: queryKeyMessage,
        },
      ],
    },
  },
  { files: ['src/lib/api-client.ts', 'src/testing/**', '**/*.test.*'], rules: { 'no-restricted-globals': 'off' } },
);
