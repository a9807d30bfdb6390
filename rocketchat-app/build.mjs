// Bundle the app into one file, as the apps' runtime wants it, and zip it: the same bytes from the same source.
// usage: node build.mjs [ZIP]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const ROOT = import.meta.dirname;
const INSTANT = new Date(1980, 0, 1); // the first that a zip can tell
const [, version] = /__version__ = "(.*)"/.exec(readFileSync(join(ROOT, '../src/monitors_bot/__init__.py'), 'utf8'));

const { outputFiles } = await build({
  absWorkingDir: ROOT,
  entryPoints: ['src/MonitorsApp.ts'],
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'es2022',
  charset: 'utf8',
  external: ['@rocket.chat/apps-engine/*'],
  write: false,
});
const translations = readdirSync(join(ROOT, 'i18n')).sort().map((name) => [`i18n/${name}`, readFileSync(join(ROOT, 'i18n', name))]);
const manifest = { ...JSON.parse(readFileSync(join(ROOT, 'app.json'), 'utf8')), version };
const files = {
  'app.json': Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
  'MonitorsApp.js': outputFiles[0].contents,
  'icon.png': readFileSync(join(ROOT, 'icon.png')),
  ...Object.fromEntries(translations),
};
const zip = process.argv[2] ?? join(ROOT, 'dist/monitors.zip');
mkdirSync(dirname(zip), { recursive: true });
writeFileSync(zip, zipSync(files, { mtime: INSTANT, os: 3, attrs: 0o644 << 16 }));
