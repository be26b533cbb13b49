import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** The font that statements are printed with lies beside the application, so that it is embedded in the binary with it. */
const printFont = {
  name: 'print-font',
  apply: 'build' as const,
  closeBundle() {
    const from = (file: string) =>
      fileURLToPath(new URL(`./node_modules/@expo-google-fonts/noto-sans-sc/${file}`, import.meta.url));
    const to = (file: string) => fileURLToPath(new URL(`./dist/fonts/${file}`, import.meta.url));
    mkdirSync(to(''), { recursive: true });
    copyFileSync(from('400Regular/NotoSansSC_400Regular.ttf'), to('NotoSansSC-Regular.ttf'));
    copyFileSync(from('LICENSE_FONT'), to('NotoSansSC-LICENSE.txt'));
  },
};

export default defineConfig({
  plugins: [react(), printFont],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The largest chunk is the table and form library; it is fetched once and cached by its hash.
    chunkSizeWarningLimit: 1300,
  },
  server: {
    port: 5173,
    // LAUREL_API points at another server than the one that `make run` starts.
    // The Host header stays as it is: the server takes writes only from pages of its own origin.
    proxy: { '/api': { target: process.env.LAUREL_API ?? 'http://127.0.0.1:8080', changeOrigin: false } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
  },
});
