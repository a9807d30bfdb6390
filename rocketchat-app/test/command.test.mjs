// What people see who type /monitors.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { Bot, SECRET } from './bot.mjs';
import { CUSTOMERS, KIM, ROOM, Workspace } from './workspace.mjs';

const FOUND = {
  visibility: 'ephemeral',
  text: '*Billing EU: 1 of 2 monitors online*',
  attachments: [{ text: '*Ann Bell* · ann · online  \n*Ben* · ben · away' }],
};

let bot;
let workspace;

beforeEach(async () => {
  bot = await Bot.start();
  workspace = await Workspace.install({ address: bot.url, secret: SECRET });
});
afterEach(() => bot.stop());

test('an answer is seen by the asker alone', async () => {
  bot.says(FOUND);

  await workspace.send('billing eu');

  assert.deepEqual(workspace.seen, [
    { by: 'kim', rid: ROOM.id, from: 'monitors.bot', msg: FOUND.text, attachments: [{ text: FOUND.attachments[0].text, title: undefined }] },
  ]);
  assert.deepEqual([workspace.posted, workspace.logged], [[], []]);
});

test('the bot learns who asks, what, and where', async () => {
  await workspace.send('  billing   eu ', { threadId: 'thread1' });

  assert.deepEqual(bot.questions, [
    {
      text: 'billing eu',
      user: { id: 'kim1', username: 'kim', utcOffset: 2 },
      room: { id: 'GENERAL1', name: 'support', type: 'c' },
      thread: 'thread1',
    },
  ]);
});

test('a customer\'s name stays in Rocket.Chat, and what the server does not know is left out', async () => {
  await workspace.send('', { room: CUSTOMERS, user: { id: 'ben1', username: 'ben' } });

  assert.deepEqual(bot.questions, [{ text: '', user: { id: 'ben1', username: 'ben' }, room: { id: 'conv1', type: 'l' } }]);
});

test('a shared answer is posted in the room by the app', async () => {
  bot.says({ ...FOUND, visibility: 'channel' });

  await workspace.send('billing eu share');

  assert.equal(workspace.posted[0].msg, FOUND.text);
  assert.equal(workspace.posted[0].from, 'monitors.bot');
  assert.deepEqual(workspace.seen, []);
});

for (const visibility of ['ephemeral', 'channel']) {
  test(`a question in a thread is answered there (${visibility})`, async () => {
    bot.says({ ...FOUND, visibility });

    await workspace.send('billing eu', { threadId: 'thread1' });

    assert.deepEqual([...workspace.seen, ...workspace.posted].map(({ tmid }) => tmid), ['thread1']);
  });
}

for (const type of ['l', 'v', undefined, '']) {
  test(`nothing is ever posted in a room of type ${type}, whatever the bot says`, async () => {
    bot.says({ ...FOUND, visibility: 'channel' });
    const place = { room: { ...CUSTOMERS, type } };

    await workspace.send('billing eu share', place);
    await workspace.enter('billing eu share', place);
    await workspace.press(place);

    assert.deepEqual(workspace.posted, []);
    assert.deepEqual(workspace.seen.map(({ msg }) => msg), [FOUND.text, FOUND.text, FOUND.text]);
  });
}

for (const visibility of ['Channel', 'everybody', true, null, undefined, ['channel']]) {
  test(`visibility ${JSON.stringify(visibility)} is private`, async () => {
    bot.says({ ...FOUND, visibility });

    await workspace.send('billing eu share');

    assert.deepEqual([workspace.posted.length, workspace.seen.length], [0, 1]);
  });
}

test('in a room where the app may not post, the asker alone sees the answer, and why', async () => {
  bot.says({ ...FOUND, visibility: 'channel' });

  await workspace.send('billing eu share', { room: { ...ROOM, isReadOnly: true } });

  assert.equal(workspace.seen[0].msg, `This could not be posted in the room, so only you see it:\n${FOUND.text}`);
  assert.equal(workspace.seen[0].attachments.length, 1);
});

for (const [typed, understood] of [
  ['billing eu', 'billing eu'],
  ['"Billing EU"', '“Billing EU”'],
  ['"Billing share" share', '“Billing share” share'],
  ['list "Billing EU"', 'list “Billing EU”'],
  ['“now” share', '“now” share'],
  ['Men\'s Wear', 'Men\'s Wear'],
  ['Men\'s and Women\'s', '“Mens and Womens”'],
  ['@"Ann Bell"', '@Ann Bell'],
  ['billing at 2026-05-12 14:00', 'billing at 2026-05-12 14:00'],
  ['Straße 東京 🔥', 'Straße 東京 🔥'],
  ['\ud800', '\ud800'],
]) {
  test(`${JSON.stringify(typed)} reaches the bot as ${JSON.stringify(understood)}`, async () => {
    await workspace.send(typed);

    assert.equal(bot.questions[0].text, understood);
  });
}

test('the message action asks like /monitors without an argument, in the message\'s thread', async () => {
  const response = await workspace.press({ message: { id: 'm1', threadId: 'thread1' } });

  assert.deepEqual(response, { success: true });
  assert.equal(bot.questions[0].text, '');
  assert.equal(bot.questions[0].room.id, CUSTOMERS.id);
  assert.deepEqual(workspace.seen.map(({ by, tmid }) => [by, tmid]), [['kim', 'thread1']]);
});

test('the message action is offered in conversations with customers only', () => {
  assert.deepEqual(workspace.button.when, { roomTypes: ['livechat'] });
  assert.equal(workspace.button.context, 'messageAction');
});

for (const missing of [{ user: null }, { room: null }]) {
  test(`the message action does nothing with ${JSON.stringify(missing)}`, async () => {
    assert.deepEqual(await workspace.press(missing), { success: false });
    assert.deepEqual([bot.questions, workspace.seen], [[], []]);
  });
}

for (const [language, begins] of [
  ['de', 'Der Bot hat die App'],
  ['de-IN', 'Der Bot hat die App'],
  ['pt-BR', 'O bot recusou'],
  ['pt', 'O bot recusou'],
  ['es', 'El bot ha rechazado'],
  ['fr', 'The bot refused'],
  ['auto', 'The bot refused'],
  ['', 'The bot refused'],
]) {
  test(`the app's own words for somebody who chose ${language || 'no language'}`, async () => {
    workspace.configure({ secret: Buffer.from('another key').toString('base64') });

    await workspace.send('billing eu', { user: { ...KIM, settings: { preferences: { language } } } });

    assert.ok(workspace.seen[0].msg.startsWith(begins), workspace.seen[0].msg);
  });
}
