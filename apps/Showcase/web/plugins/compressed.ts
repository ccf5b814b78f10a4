import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const compressedFromBytes = 1024;

/** Writes the compressed forms of a file beside it. */
export function compress(file: string): void {
  const content = readFileSync(file);
  if (content.length < compressedFromBytes) return;
  writeFileSync(`${file}.br`, brotliCompressSync(content));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

/** Compresses files once, when they are built, and not for each request. */
export const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle)) compress(join(dir, name));
  },
};
