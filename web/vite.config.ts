import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // Nothing is inlined as data: the page lives under a strict content security policy.
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1800, sourcemap: false, rolldownOptions: { input: ['index.html', 'docs.html'] } },
  worker: { format: 'es' },
  server: { proxy: { '/v1': { target: 'http://127.0.0.1:8080', ws: true }, '/parley.': 'http://127.0.0.1:8080' } },
});
