// What people see while they type.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { Bot, SECRET } from './bot.mjs';
import { KIM, Workspace } from './workspace.mjs';

const UNITS = [
  { value: 'Billing EU', title: 'Billing EU (3 monitors)' },
  { value: 'Billing US', title: 'Billing US (1 monitor)' },
];

let bot;
let workspace;

beforeEach(async () => {
  bot = await Bot.start();
  bot.suggests(...UNITS);
  workspace = await Workspace.install({ address: bot.url, secret: SECRET });
});
afterEach(async () => {
  mock.timers.reset();
  await bot.stop();
});

const values = (items) => items.map(({ value }) => value);

test('the first item is the text as typed; then come suggestions', async () => {
  assert.deepEqual(values(await workspace.previews('bil')), ['bil', 'Billing EU (3 monitors)', 'Billing US (1 monitor)']);
  assert.equal(bot.questions[0].suggest, 'bil');
  assert.equal(workspace.title, 'Enter sends what you typed; the arrow keys choose a suggestion');
});

for (const typed of ['', 'bil', 'billing eu share', 'billing eu at yesterday', 'billing eu at', 'share', '@ann']) {
  test(`Enter runs exactly ${JSON.stringify(typed)}`, async () => {
    await workspace.enter(typed);

    assert.equal(bot.questions.at(-1).text, typed);
    assert.equal(bot.questions.at(-1).suggest, undefined);
  });
}

test('Enter runs what is typed by then, not what was typed when the suggestions were fetched', async () => {
  const [first] = await workspace.previews('bil');

  await workspace.choose(first, 'billing eu share');

  assert.equal(bot.questions.at(-1).text, 'billing eu share');
});

test('the selection stays on the text as typed while one types on', async () => {
  const [before, after] = [await workspace.previews('bil'), await workspace.previews('bill')];

  assert.equal(before[0].id, after[0].id);
  assert.equal(new Set(after.map(({ id }) => id)).size, after.length);
});

test('the arrow keys choose a suggestion, which is run with its value', async () => {
  await workspace.enter('bil', {}, 2);

  assert.equal(bot.questions.at(-1).text, 'Billing US');
});

test('the text as typed is not suggested a second time', async () => {
  assert.deepEqual(values(await workspace.previews('Billing EU')), ['Billing EU', 'Billing US (1 monitor)']);
});

test('there are at most ten items, whatever the bot sends', async () => {
  bot.suggests(...Array.from({ length: 300 }, (_, n) => ({ value: `Unit ${n}`, title: `Unit ${n}` })));

  const items = await workspace.previews('unit');

  assert.deepEqual([items.length, items.at(-1).value], [10, 'Unit 8']);
});

test('suggestions that are none are left out', async () => {
  bot.suggests(null, 7, 'Billing', {}, { value: '', title: 'x' }, { value: 'x', title: ' ' }, { value: 1, title: 2 }, UNITS[0]);

  assert.deepEqual(values(await workspace.previews('bil')), ['bil', 'Billing EU (3 monitors)']);
});

test('suggestions are remembered for a minute, for each person and text', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const questions = async () => {
    await workspace.previews('bil');
    return bot.questions.length;
  };

  assert.deepEqual([await questions(), await questions()], [1, 1]);
  await workspace.previews('bil', { user: { ...KIM, id: 'ben1' } });
  await workspace.previews('bill');
  assert.equal(bot.questions.length, 3);
  mock.timers.tick(59_999);
  assert.equal(await questions(), 3);
  mock.timers.tick(1);
  assert.equal(await questions(), 4);
});

test('the same text asked for while it is being fetched is fetched once', async () => {
  await Promise.all(Array.from({ length: 20 }, () => workspace.previews('bil')));

  assert.equal(bot.questions.length, 1);
});

test('300 at once keep four calls busy; everybody sees what they typed, nothing is thrown or logged', async () => {
  bot.answers = () => ({ json: { items: UNITS }, delayMs: 50 });

  const all = await Promise.all(Array.from({ length: 300 }, (_, n) => workspace.previews(`unit ${n}`)));

  assert.deepEqual(all.map(([first]) => first.value), all.map((_, n) => `unit ${n}`));
  assert.deepEqual([bot.most, bot.questions.length, workspace.logged], [4, 4, []]);
  assert.equal((await workspace.previews('bil')).length, 3);
});

test('after a failure there is a pause of ten seconds, one line in the log, and always the text as typed', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  bot.answers = () => ({ status: 503, json: { error: 'busy' } });

  for (const text of ['b', 'bi', 'bil', 'bill']) {
    assert.deepEqual(values(await workspace.previews(text)), [text]);
  }

  assert.equal(bot.questions.length, 1);
  assert.deepEqual(workspace.logged, [[{ msg: 'no answer of the bot was shown', reason: 'busy', status: 503 }]]);
  assert.deepEqual([workspace.seen, workspace.posted], [[], []]);
  bot.suggests(...UNITS);
  mock.timers.tick(10_000);
  assert.equal((await workspace.previews('b')).length, 3);
});

test('a typed command is answered during that pause', async () => {
  bot.answers = ({ suggest }) => (suggest === undefined ? { json: { text: 'Billing EU' } } : { status: 503, json: {} });

  await workspace.enter('billing eu');

  assert.deepEqual(workspace.seen.map(({ msg }) => msg), ['Billing EU']);
});

test('what is remembered has a limit', async () => {
  for (let n = 0; n <= 500; n += 1) {
    await workspace.previews(`unit ${n}`);
  }
  const before = bot.questions.length;

  await workspace.previews('unit 500');
  assert.equal(bot.questions.length, before);
  await workspace.previews('unit 0');
  assert.equal(bot.questions.length, before + 1);
});
