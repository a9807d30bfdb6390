// The compiled app, asking the bot's own code over HTTP.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';

import { KIM, Workspace } from './workspace.mjs';
import en from '../i18n/en.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const ANA = { ...KIM, id: 'ana1', username: 'ana' };

const bot = await start();
const hasRoute = (await fetch(`${bot.url}/rocketchat/app`, { method: 'POST' })).status !== 404;

async function start() {
  const process = spawn(join(ROOT, '.venv/bin/python'), ['-m', 'tests.fakes.chat_over_http'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(process.stdout), 'line');
  return { ...JSON.parse(line), process };
}

async function stop() {
  bot.process.stdin.end();
  if (bot.process.exitCode === null) {
    await once(bot.process, 'exit');
  }
}

after(stop);

describe('the bot and the app', { skip: !hasRoute && 'the bot has no route for the app' }, () => {
  let workspace;
  let customers;

  before(async () => {
    workspace = await Workspace.install({ address: bot.url, secret: bot.secret });
    customers = { room: { id: bot.room, type: 'l' } };
    workspace.rooms.add(bot.room);
  });

  const seen = () => workspace.seen.splice(0).map(({ by, msg, tmid, attachments = [] }) => ({ by, tmid, msg, below: attachments[0]?.text ?? '' }));

  test('a unit is found, for the asker alone', async () => {
    await workspace.enter('billing eu');

    const [{ by, msg, below }] = seen();
    assert.equal(by, 'kim');
    assert.match(msg, /Billing EU: 1 of 5 monitors online, 1 unknown/);
    assert.match(below, /Ana Díaz/);
    assert.deepEqual(workspace.posted, []);
  });

  test('with share, everybody in the room reads it', async () => {
    await workspace.enter('billing us share');

    assert.match(workspace.posted.pop().msg, /Billing US: 1 of 2 monitors online/);
    assert.deepEqual(seen(), []);
  });

  test('while one types, units are suggested, and the arrow keys choose', async () => {
    const [typed, ...suggested] = (await workspace.previews('bill')).map(({ value }) => value);

    assert.equal(typed, 'bill');
    assert.ok(suggested.some((title) => title.includes('Billing EU')) && suggested.some((title) => title.includes('Billing US')), suggested);
    await workspace.enter('esc', {}, 1);
    assert.match(seen()[0].msg, /Escalations/);
  });

  for (const [name, ask] of [
    ['/monitors without an argument', (place) => workspace.enter('', place)],
    ['the message action', (place) => workspace.press(place)],
  ]) {
    test(`${name} answers for a customer's conversation, and the customer reads nothing`, async () => {
      await ask(customers);

      assert.match(seen()[0].msg, /Sales/);
      assert.deepEqual(workspace.posted, []);
    });
  }

  for (const type of ['l', undefined]) {
    test(`share is refused where a customer may read it (room of type ${type})`, async () => {
      await workspace.enter('sales share', { room: { id: bot.room, type } });

      assert.equal(seen().length, 1);
      assert.deepEqual(workspace.posted, []);
    });
  }

  test('a question in a thread is answered there', async () => {
    await workspace.enter('sales', { threadId: 'thread1' });

    assert.equal(seen()[0].tmid, 'thread1');
  });

  test('a unit in quotes is found, although the server takes the quotes away', async () => {
    await workspace.enter('"Billing EU"');

    assert.match(seen()[0].msg, /Billing EU: /);
  });

  test('who asks is who "me" is', async () => {
    await workspace.send('me', { user: ANA });

    assert.match(JSON.stringify(seen()), /ana/i);
  });

  test('with another secret, the app is refused', async () => {
    workspace.configure({ secret: Buffer.from('another key').toString('base64') });
    await workspace.enter('billing eu');
    workspace.configure({ secret: bot.secret });

    assert.deepEqual(seen().map(({ msg }) => msg), [en.refused]);
  });

  test('when the bot is down, the app says so', async () => {
    await stop();
    await workspace.enter('billing eu');

    assert.deepEqual(seen().map(({ msg }) => msg), [en.unreachable]);
  });
});
