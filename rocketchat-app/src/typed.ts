/**
 * Put what somebody typed together again.
 *
 * The server splits it at blanks and takes the straight quotes away; what held a blank was between two. A person's
 * name stays as it is, because what stands in quotes is a unit.
 * https://github.com/RocketChat/Rocket.Chat: apps/meteor/lib/utils/parseParameters.ts
 */
export function typedText(parts: readonly string[]): string {
  return parts
    .map((part) => (/\s/.test(part) && !part.startsWith('@') ? `“${part}”` : part))
    .join(' ')
    .trim();
}
