import type { IRead } from '@rocket.chat/apps-engine/definition/accessors';
import type { ISetting } from '@rocket.chat/apps-engine/definition/settings';
import { SettingType } from '@rocket.chat/apps-engine/definition/settings/SettingType';
import { URL } from 'url';

import { signingKey } from './signature';
import { Trouble } from './trouble';

const ROUTE = '/rocketchat/app';
const THIS_MACHINE: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const DEFAULT_SECONDS = 5;
/** The server gives up on an app after ten seconds, and the person would then read nothing. */
const MOST_SECONDS = 8;

/** What an administrator fills in. */
export const SETTINGS: readonly ISetting[] = [
  setting('address', SettingType.STRING, ''),
  setting('secret', SettingType.PASSWORD, ''),
  setting('timeout', SettingType.NUMBER, DEFAULT_SECONDS),
];

/** The settings, checked. */
export interface Settings {
  url: string;
  key: Buffer;
  timeoutMs: number;
}

/**
 * Read the settings.
 *
 * @throws Trouble where they can't work.
 */
export async function readSettings(read: IRead): Promise<Settings> {
  const values = read.getEnvironmentReader().getSettings();
  const [address, secret, seconds] = await Promise.all(['address', 'secret', 'timeout'].map((id) => values.getValueById(id)));
  if (!text(address) || !text(secret)) {
    throw new Trouble('not_set_up');
  }
  const key = signingKey(text(secret));
  if (!key) {
    throw new Trouble('bad_secret');
  }
  return { url: urlOf(text(address)), key, timeoutMs: timeoutOf(seconds) };
}

function urlOf(address: string): string {
  const url = parsed(address);
  const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && THIS_MACHINE.includes(url.hostname));
  if (!url || !isPrivate || url.username || url.password) {
    throw new Trouble('bad_address');
  }
  const path = url.pathname.replace(/\/+$/, '');
  return url.origin + (path.endsWith(ROUTE) ? path : path + ROUTE);
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

function timeoutOf(seconds: unknown): number {
  const wanted = Number(seconds);
  return 1000 * (wanted >= 1 ? Math.min(wanted, MOST_SECONDS) : DEFAULT_SECONDS);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function setting(id: string, type: SettingType, packageValue: string | number): ISetting {
  return { id, type, packageValue, required: true, public: false, i18nLabel: id, i18nDescription: `${id}_description` };
}
