import type { IHttp, IHttpResponse } from '@rocket.chat/apps-engine/definition/accessors';

import type { Settings } from './settings';
import { signedHeaders } from './signature';
import { Trouble } from './trouble';
import type { Sentence } from './words';

/** What the bot says to a person. */
export interface Answer {
  isForAll: boolean;
  text: string;
  /** Texts that stand below it, each in an attachment. */
  attachments: string[];
}

/** A command that may be meant, and how to show it. */
export interface Suggestion {
  value: string;
  title: string;
}

const REFUSALS: Readonly<Record<number, Sentence>> = { 401: 'refused', 404: 'no_bot', 405: 'no_bot', 429: 'busy' };

/**
 * Ask the bot.
 *
 * @throws Trouble where it gives no answer.
 */
export async function ask(http: IHttp, settings: Settings, question: object): Promise<Answer> {
  const said = await call(http, settings, question);
  if (!isText(said.text)) {
    throw new Trouble('nonsense', 200);
  }
  return { isForAll: said.visibility === 'channel', text: said.text, attachments: list(said.attachments).map(textOf).filter(isText) };
}

/**
 * Ask the bot what may be meant.
 *
 * @throws Trouble where it gives no answer.
 */
export async function askForSuggestions(http: IHttp, settings: Settings, question: object): Promise<Suggestion[]> {
  const { items } = await call(http, settings, question);
  return list(items).filter(isSuggestion);
}

async function call(http: IHttp, settings: Settings, question: object): Promise<Record<string, unknown>> {
  const content = JSON.stringify(question);
  const headers = { 'content-type': 'application/json', ...signedHeaders(content, settings.key, Date.now()) };
  const began = Date.now();
  let response: IHttpResponse | undefined;
  try {
    // Neither strictSSL nor rejectUnauthorized is set: the server takes "true" in the second for permission to trust any certificate.
    response = await http.post(settings.url, { content, headers, timeout: settings.timeoutMs });
  } catch {
    throw new Trouble(Date.now() - began >= settings.timeoutMs ? 'slow' : 'unreachable');
  }
  return read(response);
}

function read(response: IHttpResponse | undefined): Record<string, unknown> {
  const status = response?.statusCode ?? 0;
  if (status !== 200) {
    throw new Trouble(REFUSALS[status] ?? (status >= 500 ? 'busy' : 'nonsense'), status);
  }
  const said = parsed(response?.content);
  if (typeof said !== 'object' || said === null) {
    throw new Trouble('nonsense', status);
  }
  return said as Record<string, unknown>;
}

function parsed(content: string | undefined): unknown {
  try {
    return JSON.parse(content ?? '');
  } catch {
    return undefined;
  }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(attachment: unknown): unknown {
  return (attachment as { text?: unknown } | null)?.text;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isSuggestion(value: unknown): value is Suggestion {
  const { value: command, title } = (value ?? {}) as Partial<Suggestion>;
  return isText(command) && isText(title);
}
