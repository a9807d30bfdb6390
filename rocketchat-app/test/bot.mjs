// A bot that checks signatures with the official library, and answers as it is told to.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

export const SECRET = `whsec_${Buffer.from('a key of the bot and of the app').toString('base64')}`;

export class Bot {
  questions = [];
  paths = [];
  most = 0;
  answers = () => ({ json: { visibility: 'ephemeral', text: 'Billing EU: 2 of 3 monitors online' } });

  static async start(secret = SECRET) {
    const bot = new Bot();
    bot.verifier = new Webhook(secret);
    bot.server = createServer((request, response) => bot.#handle(request, response));
    bot.server.listen(0, '127.0.0.1');
    await once(bot.server, 'listening');
    bot.url = `http://127.0.0.1:${bot.server.address().port}`;
    return bot;
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  says(json) {
    this.answers = () => ({ json });
  }

  suggests(...items) {
    this.says({ items });
  }

  async #handle(request, response) {
    this.most = Math.max(this.most, (this.waiting = (this.waiting ?? 0) + 1));
    const body = Buffer.concat(await request.toArray()).toString();
    this.paths.push(request.url);
    const { status = 200, json, text, delayMs = 0 } = this.#checked(request, body);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    this.waiting -= 1;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(text ?? JSON.stringify(json));
  }

  #checked(request, body) {
    try {
      this.questions.push(this.verifier.verify(body, request.headers));
    } catch {
      return { status: 401, json: { error: 'the signature is wrong' } };
    }
    return request.headers['content-type'] === 'application/json'
      ? this.answers(this.questions.at(-1))
      : { status: 415, json: { error: 'wrong content type' } };
  }
}
