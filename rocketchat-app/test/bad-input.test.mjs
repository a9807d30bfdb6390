// What people see when the bot can't be asked: a sentence for them alone, and one line in the log without secrets.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { Bot, SECRET } from './bot.mjs';
import { Workspace } from './workspace.mjs';
import en from '../i18n/en.json' with { type: 'json' };

let bot;
let workspace;

beforeEach(async () => {
  bot = await Bot.start();
  workspace = await Workspace.install({ address: bot.url, secret: SECRET });
});
afterEach(() => bot.stop());

async function assertTold(reason, status) {
  await workspace.enter('billing eu share');

  const line = { msg: 'no answer of the bot was shown', reason, ...(status && { status }) };
  assert.deepEqual(workspace.seen.map(({ by, msg }) => [by, msg]), [['kim', en[reason]]]);
  assert.deepEqual(workspace.posted, []);
  assert.deepEqual(workspace.logged, [[line], [line]]); // one for the suggestions, one for the command
}

for (const [name, settings, reason] of [
  ['nothing is set', { address: '', secret: '' }, 'not_set_up'],
  ['no address is set', { address: ' ' }, 'not_set_up'],
  ['no secret is set', { secret: '' }, 'not_set_up'],
  ['the address is a number', { address: 7 }, 'not_set_up'],
  ['the address is none', { address: 'the bot' }, 'bad_address'],
  ['the address is http', { address: 'http://bot.example.com/rocketchat/app' }, 'bad_address'],
  ['the address is ftp', { address: 'ftp://bot.example.com' }, 'bad_address'],
  ['the address has a password', { address: 'https://u:p@bot.example.com' }, 'bad_address'],
  ['the secret is not base64', { secret: 'open sesame' }, 'bad_secret'],
  ['the secret is nothing but its mark', { secret: 'whsec_' }, 'bad_secret'],
]) {
  test(`${name}: ${reason}`, async () => {
    workspace.configure(settings);

    await assertTold(reason);
    assert.deepEqual(bot.paths, []);
  });
}

for (const end of ['', '/', '//', '/rocketchat/app', '/rocketchat/app/', '?x=1#y', ' ']) {
  test(`the address may end in ${JSON.stringify(end)}`, async () => {
    workspace.configure({ address: bot.url + end });

    await workspace.send('billing eu');

    assert.deepEqual(bot.paths, ['/rocketchat/app']);
  });
}

test('the address may have a path', async () => {
  workspace.configure({ address: `${bot.url}/prod/` });

  await workspace.send('billing eu');

  assert.deepEqual(bot.paths, ['/prod/rocketchat/app']);
});

test('the secret may lack its mark, and have blanks around it', async () => {
  workspace.configure({ secret: ` ${SECRET.replace('whsec_', '')}\n` });

  await workspace.send('billing eu');

  assert.equal(bot.questions.length, 1);
});

test('the secret is another', async () => {
  workspace.configure({ secret: Buffer.from('another key').toString('base64') });

  await assertTold('refused', 401);
});

test('the bot is down', async () => {
  const gone = await Bot.start();
  workspace.configure({ address: gone.url });
  await gone.stop();

  await assertTold('unreachable');
});

for (const [status, reason] of [
  [404, 'no_bot'],
  [405, 'no_bot'],
  [429, 'busy'],
  [500, 'busy'],
  [503, 'busy'],
  [204, 'nonsense'],
  [400, 'nonsense'],
  [413, 'nonsense'],
]) {
  test(`the bot answers ${status}: ${reason}`, async () => {
    bot.answers = () => ({ status, text: status === 204 ? '' : '{"error": "a secret of the bot"}' });

    await assertTold(reason, status);
  });
}

for (const text of ['', 'null', '7', '"text"', '[]', '{', '<html>', '{}', '{"text": 7}', '{"text": " "}', '\u0000']) {
  test(`the bot answers the nonsense ${JSON.stringify(text)}`, async () => {
    bot.answers = ({ suggest }) => (suggest === undefined ? { text } : { json: { items: [] } });

    await workspace.enter('billing eu');

    assert.deepEqual(workspace.seen.map(({ msg }) => msg), [en.nonsense]);
    assert.equal(workspace.logged.length, 1);
  });
}

for (const attachments of [7, 'x', [null], [7], [{}], [{ text: 7 }], { 0: { text: 'x' } }]) {
  test(`an answer's text is shown without the attachments ${JSON.stringify(attachments)}`, async () => {
    bot.says({ text: 'Billing EU', attachments });

    await workspace.send('billing eu');

    assert.deepEqual(workspace.seen.map(({ msg, attachments: shown }) => [msg, shown]), [['Billing EU', undefined]]);
  });
}

test('the bot is slow: the wait ends at the time-out', async () => {
  workspace.configure({ timeout: 1 });
  bot.answers = ({ suggest }) => (suggest === undefined ? { json: { text: 'late' }, delayMs: 3_000 } : { json: { items: [] } });
  const began = Date.now();

  await workspace.enter('billing eu');

  assert.deepEqual(workspace.seen.map(({ msg }) => msg), [en.slow]);
  assert.ok(Date.now() - began < 2_000);
});

for (const [timeout, ms] of [
  [undefined, 5_000],
  [0, 5_000],
  [-1, 5_000],
  ['', 5_000],
  ['soon', 5_000],
  [3, 3_000],
  ['3', 3_000],
  [600, 8_000],
]) {
  test(`a time-out of ${JSON.stringify(timeout)} is one of ${ms} ms, and never longer than two seconds for suggestions`, async () => {
    const asked = [];
    workspace.configure({ timeout });
    workspace.http.post = async (_url, request) => asked.push(request.timeout) && { statusCode: 200, content: '{"text": "x"}' };

    await workspace.enter('billing eu');

    assert.deepEqual(asked, [Math.min(ms, 2_000), ms]);
  });
}

test('certificates are checked: nothing in a request asks the server not to', async () => {
  let asked;
  workspace.http.post = async (_url, request) => (asked = request) && { statusCode: 200, content: '{"text": "x"}' };

  await workspace.send('billing eu');

  assert.deepEqual(Object.keys(asked).sort(), ['content', 'headers', 'timeout']);
});

test('no secret is in the log or in what people see, whatever fails', async () => {
  const failing = async () => {
    throw new Error(`cannot reach ${bot.url} with ${SECRET}`);
  };
  workspace.http.post = failing;
  await workspace.enter('billing eu');
  workspace.read.getEnvironmentReader().getSettings().getValueById = failing;
  await workspace.enter('billing us');

  const said = JSON.stringify([workspace.logged, workspace.seen]);
  assert.ok(!said.includes(SECRET) && !said.includes(bot.url), said);
  assert.deepEqual(workspace.seen.map(({ msg }) => msg), [en.unreachable, en.failed]);
});

test('where even the sentence can\'t be shown, nothing is thrown', async () => {
  await workspace.send('billing eu', { room: { id: 'gone', type: 'c' } });

  assert.deepEqual(workspace.logged, [[{ msg: 'no answer of the bot was shown', reason: 'failed' }]]);
  assert.deepEqual(workspace.seen, []);
});
