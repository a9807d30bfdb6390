import type { IHttp, IModify, IRead } from '@rocket.chat/apps-engine/definition/accessors';
import type { ISlashCommand, ISlashCommandPreview, ISlashCommandPreviewItem } from '@rocket.chat/apps-engine/definition/slashcommands';
import type { SlashCommandContext } from '@rocket.chat/apps-engine/definition/slashcommands/SlashCommandContext';
import { SlashCommandPreviewItemType } from '@rocket.chat/apps-engine/definition/slashcommands/ISlashCommandPreview';

import type { Conversation } from './conversation';
import type { Place } from './place';
import { typedText } from './typed';
import { wordsFor } from './words';

const WORD = 'monitors';
/** The server shows no more, https://github.com/RocketChat/Rocket.Chat: apps/meteor/app/utils/server/slashCommand.ts */
const MOST_ITEMS = 10;

/**
 * The id of the first item, which stands for whatever is typed when Enter is pressed.
 *
 * It never changes: the client keeps the selection on the item of the same id while one types on.
 */
const AS_TYPED = 'as-typed';
const SUGGESTED = 'suggested:';

/** `/monitors`. */
export class MonitorsCommand implements ISlashCommand {
  public readonly command = WORD;
  public readonly i18nParamsExample = 'command_example';
  public readonly i18nDescription = 'command_description';
  public readonly providesPreview = true;

  constructor(private readonly conversation: Conversation) {}

  public async executor(context: SlashCommandContext, read: IRead, modify: IModify, http: IHttp): Promise<void> {
    await this.conversation.answer(typedText(context.getArguments()), placeOf(context), { read, modify, http });
  }

  /** Offer what is typed, and below it what the bot suggests. Each item needs an id and a value, or the server refuses it. */
  public async previewer(context: SlashCommandContext, read: IRead, _modify: IModify, http: IHttp): Promise<ISlashCommandPreview> {
    const place = placeOf(context);
    const text = typedText(context.getArguments());
    const suggested = await this.conversation.suggest(text, place, { read, http });
    return {
      i18nTitle: wordsFor(place.user).preview_title,
      items: [
        item(AS_TYPED, text || `/${WORD}`),
        ...suggested
          .filter(({ value }) => value !== text)
          .slice(0, MOST_ITEMS - 1)
          .map(({ value, title }) => item(SUGGESTED + value, title)),
      ],
    };
  }

  public async executePreviewItem(
    chosen: ISlashCommandPreviewItem,
    context: SlashCommandContext,
    read: IRead,
    modify: IModify,
    http: IHttp,
  ): Promise<void> {
    const text = chosen.id.startsWith(SUGGESTED) ? chosen.id.slice(SUGGESTED.length) : typedText(context.getArguments());
    await this.conversation.answer(text, placeOf(context), { read, modify, http });
  }
}

function item(id: string, value: string): ISlashCommandPreviewItem {
  return { id, type: SlashCommandPreviewItemType.TEXT, value };
}

function placeOf(context: SlashCommandContext): Place {
  return { user: context.getSender(), room: context.getRoom(), threadId: context.getThreadId() };
}
