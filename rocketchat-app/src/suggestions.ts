import type { Suggestion } from './bot';

const LIFETIME_MS = 60_000;
const QUIET_MS = 10_000;
const MOST_REMEMBERED = 500;
/** A small AWS account runs ten functions at once: people who type leave most of them to people who ask. */
const MOST_AT_ONCE = 4;

/**
 * Suggestions of the last minute, so that typing hammers nothing.
 *
 * After a failure, and while many are being fetched, there are none: people can always send what they typed.
 */
export class Suggestions {
  private readonly remembered = new Map<string, { until: number; items: Promise<Suggestion[]> }>();
  private quietUntil = 0;
  private fetching = 0;

  /** The suggestions for a question; `fetch` is called only where they are not known. Rejects where `fetch` does. */
  public async get(question: string, now: number, fetch: () => Promise<Suggestion[]>): Promise<Suggestion[]> {
    const known = this.remembered.get(question);
    if (known && now < known.until) {
      return known.items;
    }
    if (now < this.quietUntil || this.fetching >= MOST_AT_ONCE) {
      return [];
    }
    const items = this.fetched(question, now, fetch);
    this.remember(question, { until: now + LIFETIME_MS, items });
    return items;
  }

  private async fetched(question: string, now: number, fetch: () => Promise<Suggestion[]>): Promise<Suggestion[]> {
    this.fetching += 1;
    try {
      return await fetch();
    } catch (error) {
      this.quietUntil = now + QUIET_MS;
      this.remembered.delete(question);
      throw error;
    } finally {
      this.fetching -= 1;
    }
  }

  private remember(question: string, entry: { until: number; items: Promise<Suggestion[]> }): void {
    this.remembered.delete(question);
    this.remembered.set(question, entry);
    for (const oldest of this.remembered.keys()) {
      if (this.remembered.size <= MOST_REMEMBERED) {
        return;
      }
      this.remembered.delete(oldest);
    }
  }
}
