import { App } from '@rocket.chat/apps-engine/definition/App';
import type { IConfigurationExtend, IHttp, IModify, IPersistence, IRead } from '@rocket.chat/apps-engine/definition/accessors';
import { RoomTypeFilter } from '@rocket.chat/apps-engine/definition/ui/IUIActionButtonDescriptor';
import { UIActionButtonContext } from '@rocket.chat/apps-engine/definition/ui/UIActionButtonContext';
import type { IUIKitResponse } from '@rocket.chat/apps-engine/definition/uikit';
import type { UIKitActionButtonInteractionContext } from '@rocket.chat/apps-engine/definition/uikit/UIKitInteractionContext';

import { MonitorsCommand } from './command';
import { Conversation } from './conversation';
import { SETTINGS } from './settings';

/**
 * The app: `/monitors`, and "Who supervises this?" on the messages of a customer's conversation.
 *
 * The server takes the first export of the compiled file for the app, so this is the only one.
 */
export class MonitorsApp extends App {
  private readonly conversation = new Conversation(() => this.getLogger());

  protected override async extendConfiguration(configuration: IConfigurationExtend): Promise<void> {
    await Promise.all(SETTINGS.map((setting) => configuration.settings.provideSetting(setting)));
    await configuration.slashCommands.provideSlashCommand(new MonitorsCommand(this.conversation));
    configuration.ui.registerButton({
      actionId: 'who-supervises',
      labelI18n: 'who_supervises',
      context: UIActionButtonContext.MESSAGE_ACTION,
      when: { roomTypes: [RoomTypeFilter.LIVE_CHAT] },
    });
  }

  /** Answer the button like `/monitors` without an argument. A visitor has no user, and gets nothing. */
  public async executeActionButtonHandler(
    context: UIKitActionButtonInteractionContext,
    read: IRead,
    http: IHttp,
    _persistence: IPersistence,
    modify: IModify,
  ): Promise<IUIKitResponse> {
    const { user, room, threadId, message } = context.getInteractionData();
    if (!user || !room) {
      return context.getInteractionResponder().errorResponse();
    }
    await this.conversation.answer('', { user, room, threadId: threadId ?? message?.threadId }, { read, modify, http });
    return context.getInteractionResponder().successResponse();
  }
}
