import js from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['node_modules/', 'public/']),
  js.configs.recommended,
  typescript.configs.strict,
  stylistic.configs.customize({ indent: 2, quotes: 'single', semi: true, braceStyle: '1tbs', arrowParens: true }),
  {
    rules: {
      // Pages are also served over plain HTTP to other machines, where there is no secure context and none of these.
      'no-restricted-properties': [
        'error',
        { object: 'crypto', property: 'randomUUID', message: 'Use randomId: this needs a secure context.' },
        { object: 'crypto', property: 'subtle', message: 'This needs a secure context.' },
        ...['clipboard', 'serviceWorker', 'wakeLock', 'locks', 'storage'].map((property) => ({
          object: 'navigator', property, message: 'This needs a secure context: say what happens without one.',
        })),
      ],
      'no-restricted-globals': [
        'error',
        { name: 'Notification', message: 'This needs a secure context: say what happens without one.' },
        { name: 'caches', message: 'This needs a secure context: say what happens without one.' },
      ],
      '@stylistic/max-len': ['error', { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true }],
    },
  },
);
