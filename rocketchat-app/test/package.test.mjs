// The zip: what the server reads from it, and that it may do no more than it needs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Bot, SECRET } from './bot.mjs';
import { unpack, Workspace, ZIP } from './workspace.mjs';

const require = createRequire(import.meta.url);
const ROOT = join(import.meta.dirname, '..');
const { info, files, languageContent } = await unpack();

test('the manifest is what the schema of Rocket.Chat\'s command line tool asks for', () => {
  // https://github.com/RocketChat/Rocket.Chat.Apps-cli: src/misc/appJsonSchema.ts
  const written = JSON.parse(readFileSync(join(ROOT, 'app.json'), 'utf8'));
  const semver = /^\^?\d+\.\d+\.\d+$/;

  assert.match(info.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(info.id, written.id); // the server makes one up where it does not like it
  assert.match(info.nameSlug, /^[a-z-]{3,}$/);
  assert.match(info.version, semver);
  assert.match(info.requiredApiVersion, semver);
  assert.match(written.classFile, /^.*\.ts$/);
  assert.match(info.iconFile, /\.png$/);
  for (const text of [info.name, info.description, info.author.name, info.author.support]) {
    assert.ok(typeof text === 'string' && text);
  }
});

test('its version is the bot\'s', () => {
  const source = readFileSync(join(ROOT, '../src/monitors_bot/__init__.py'), 'utf8');

  assert.ok(source.includes(`__version__ = "${info.version}"`));
});

test('the icon is a PNG of 128 pixels, which the server takes', () => {
  const icon = Buffer.from(info.iconFileContent.replace('data:image/png;base64,', ''), 'base64');

  assert.equal(icon.subarray(1, 4).toString(), 'PNG');
  assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [128, 128]);
});

test('the app is in one file, since the runtime finds no other', () => {
  assert.deepEqual(Object.keys(files), [info.classFile]);
});

test('the permissions exist, and are no more than these', () => {
  const { AppPermissions } = require('apps-engine-server/server/permissions/AppPermissions.js');
  const known = Object.values(AppPermissions).flatMap(Object.values).map(({ name }) => name);
  const names = info.permissions.map(({ name }) => name);

  assert.deepEqual(names, ['slashcommand', 'networking', 'message.write', 'ui.registerButtons']);
  assert.deepEqual(names.filter((name) => !known.includes(name)), []);
});

for (const [without, works] of [
  ['', { command: true, button: true, called: 1, seen: 1 }],
  ['slashcommand', { command: false, button: true, called: 1, seen: 1 }],
  ['ui.registerButtons', { command: true, button: false, called: 1, seen: 1 }],
  ['networking', { command: true, button: true, called: 0, seen: 1 }],
  ['message.write', { command: true, button: true, called: 1, seen: 0 }],
]) {
  test(`what works without the permission ${without || '(none missing)'}`, async (context) => {
    context.mock.method(console, 'error', () => undefined); // where the engine says what is missing
    const bot = await Bot.start();
    const workspace = await Workspace.install({ address: bot.url, secret: SECRET }, without);
    const { command, button } = workspace;

    await workspace.press();
    await bot.stop();

    const called = bot.questions.length;
    assert.deepEqual({ command: Boolean(command), button: Boolean(button), called, seen: workspace.seen.length }, works);
  });
}

test('each text that the server looks up is there, in every language', async () => {
  const { stored, command, button } = await Workspace.install();
  const keys = Object.values(stored).flatMap((one) => [one.i18nLabel, one.i18nDescription]);
  keys.push(command.i18nDescription, command.i18nParamsExample, button.labelI18n);

  assert.deepEqual(Object.keys(languageContent).sort(), ['de', 'en', 'es', 'pt-br']);
  for (const texts of Object.values(languageContent)) {
    assert.deepEqual(keys.filter((key) => !texts[key]), []);
    assert.deepEqual(Object.keys(texts), Object.keys(languageContent.en));
  }
});

test('the secret is typed like a password, and no setting is public', async () => {
  const { stored } = await Workspace.install();

  assert.deepEqual(Object.values(stored).map((one) => [one.id, one.type, one.public]), [
    ['address', 'string', false],
    ['secret', 'password', false],
    ['timeout', 'int', false],
  ]);
});

test('the same source makes the same bytes', () => {
  const again = join(mkdtempSync(join(tmpdir(), 'monitors-')), 'again.zip');
  execFileSync(process.execPath, [join(ROOT, 'build.mjs'), again], { env: { ...process.env, TZ: 'Asia/Tokyo' } });

  assert.ok(readFileSync(again).equals(readFileSync(ZIP)));
});

test('every language has a file that the zip holds', () => {
  assert.deepEqual(readdirSync(join(ROOT, 'i18n')).map((name) => name.replace('.json', '').toLowerCase()).sort(), Object.keys(languageContent).sort());
});
