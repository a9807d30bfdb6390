import type { IRoom } from '@rocket.chat/apps-engine/definition/rooms';
import type { IUser } from '@rocket.chat/apps-engine/definition/users';

/** Who asks, and where. */
export interface Place {
  user: IUser;
  room: IRoom;
  threadId: string | undefined;
}

/** Rooms that no customer is in: channels, private groups, and direct messages. */
const OF_COLLEAGUES: readonly unknown[] = ['c', 'p', 'd'];
const NAMED: readonly unknown[] = ['c', 'p'];

/** Whether a customer may read this room; one whose type is unknown or new counts as such a room. */
export function isCustomers({ room }: Place): boolean {
  return !OF_COLLEAGUES.includes(room.type);
}

/** What the bot is told about a place. The name of a customer's conversation is the customer's: it is left out. */
export function describe({ user, room, threadId }: Place): object {
  return {
    user: { id: user.id, username: user.username, ...(Number.isFinite(user.utcOffset) && { utcOffset: user.utcOffset }) },
    room: {
      id: room.id,
      ...(NAMED.includes(room.type) && room.slugifiedName && { name: room.slugifiedName }),
      ...(room.type && { type: room.type }),
    },
    ...(threadId && { thread: threadId }),
  };
}
