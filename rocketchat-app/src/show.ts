import type { IMessageBuilder, IModify } from '@rocket.chat/apps-engine/definition/accessors';

import type { Answer } from './bot';
import { type Place, isCustomers } from './place';
import { wordsFor } from './words';

type Message = Pick<Answer, 'text' | 'attachments'>;

/** Show an answer: to everybody in the room, where the bot says so and no customer is among them; else to the asker. */
export async function show(answer: Answer, place: Place, modify: IModify): Promise<void> {
  if (!answer.isForAll || isCustomers(place)) {
    return showPrivately(answer, place, modify);
  }
  const creator = modify.getCreator();
  try {
    await creator.finish(write(creator.startMessage(), answer, place));
  } catch {
    const { not_shared: sorry } = wordsFor(place.user);
    await showPrivately({ ...answer, text: `${sorry}\n${answer.text}` }, place, modify);
  }
}

/** Show a message to the asker alone, until the next reload. */
export async function showPrivately(message: Message, place: Place, modify: IModify): Promise<void> {
  const notifier = modify.getNotifier();
  await notifier.notifyUser(place.user, write(notifier.getMessageBuilder(), message, place).getMessage());
}

function write(builder: IMessageBuilder, { text, attachments }: Message, { room, threadId }: Place): IMessageBuilder {
  builder.setRoom(room).setText(text);
  if (attachments.length > 0) {
    builder.setAttachments(attachments.map((below) => ({ text: below })));
  }
  return threadId ? builder.setThreadId(threadId) : builder;
}
