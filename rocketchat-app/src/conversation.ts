import type { IHttp, ILogger, IModify, IRead } from '@rocket.chat/apps-engine/definition/accessors';

import { ask, askForSuggestions, type Suggestion } from './bot';
import { type Place, describe } from './place';
import { readSettings } from './settings';
import { show, showPrivately } from './show';
import { Suggestions } from './suggestions';
import { Trouble } from './trouble';
import { wordsFor } from './words';

/** Who waits for suggestions is still typing. */
const SUGGESTIONS_MS = 2_000;

/** Asks the bot for a person, and shows what it says. Nothing that fails in it reaches the server. */
export class Conversation {
  private readonly suggestions = new Suggestions();

  constructor(private readonly logger: () => ILogger) {}

  /** Answer a command. */
  public async answer(text: string, place: Place, { read, modify, http }: { read: IRead; modify: IModify; http: IHttp }): Promise<void> {
    try {
      const answer = await ask(http, await readSettings(read), { text, ...describe(place) });
      await show(answer, place, modify);
    } catch (error) {
      const { sentence } = this.log(error);
      await showPrivately({ text: wordsFor(place.user)[sentence], attachments: [] }, place, modify).catch(() => undefined);
    }
  }

  /** Suggest commands for a text that somebody types; none where that fails. */
  public async suggest(text: string, place: Place, { read, http }: { read: IRead; http: IHttp }): Promise<Suggestion[]> {
    const question = JSON.stringify([place.user.id, place.room.id, text]);
    try {
      return await this.suggestions.get(question, Date.now(), async () => {
        const settings = await readSettings(read);
        const timeoutMs = Math.min(settings.timeoutMs, SUGGESTIONS_MS);
        return askForSuggestions(http, { ...settings, timeoutMs }, { text, suggest: text, ...describe(place) });
      });
    } catch (error) {
      this.log(error);
      return [];
    }
  }

  /** Log one line, without anything that was typed, configured, or said by somebody else. */
  private log(error: unknown): Trouble {
    const trouble = error instanceof Trouble ? error : new Trouble('failed');
    const { sentence: reason, status } = trouble;
    this.logger().error({ msg: 'no answer of the bot was shown', reason, ...(status && { status }) });
    return trouble;
  }
}
