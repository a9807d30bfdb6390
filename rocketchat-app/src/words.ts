import type { IUser } from '@rocket.chat/apps-engine/definition/users';

import de from '../i18n/de.json';
import en from '../i18n/en.json';
import es from '../i18n/es.json';
import pt from '../i18n/pt-BR.json';

type Words = typeof en;
/** A sentence that the app says where the bot can't. */
export type Sentence = Extract<
  keyof Words,
  'not_set_up' | 'bad_address' | 'bad_secret' | 'refused' | 'no_bot' | 'busy' | 'slow' | 'unreachable' | 'nonsense' | 'failed'
>;

const LANGUAGES: ReadonlyMap<string, Words> = new Map([
  ['en', en],
  ['pt', pt],
  ['es', es],
  ['de', de],
]);

/** The app's own words in the language that somebody has chosen in their preferences, or in English. */
export function wordsFor(user: IUser): Words {
  const language = user.settings?.preferences?.language ?? '';
  return LANGUAGES.get(language.toLowerCase().split(/[-_]/)[0] ?? '') ?? en;
}
