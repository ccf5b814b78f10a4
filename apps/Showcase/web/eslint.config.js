import js from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['node_modules/', 'public/']),
  js.configs.recommended,
  { files: ['**/worklets/*.js'], languageOptions: { globals: { AudioWorkletProcessor: false, registerProcessor: false, currentTime: false, sampleRate: false } } },
  typescript.configs.strict,
  stylistic.configs.customize({ indent: 2, quotes: 'single', semi: true, braceStyle: '1tbs', arrowParens: true }),
  {
    rules: {
      // Pages are also served over plain HTTP to other machines, where they are no secure contexts and lack these APIs.
      'no-restricted-properties': [
        'error',
        { object: 'crypto', property: 'randomUUID', message: 'Use randomId: this needs a secure context.' },
        { object: 'crypto', property: 'subtle', message: 'This needs a secure context.' },
        ...['clipboard', 'serviceWorker', 'wakeLock', 'locks', 'storage'].map((property) => ({
          object: 'navigator', property, message: 'This needs a secure context: handle its absence.',
        })),
      ],
      'no-restricted-globals': [
        'error',
        { name: 'Notification', message: 'This needs a secure context: handle its absence.' },
        { name: 'caches', message: 'This needs a secure context: handle its absence.' },
      ],
      '@stylistic/max-len': ['error', { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true }],
    },
  },
);
