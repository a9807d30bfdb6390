import type { Sentence } from './words';

/** Why there is no answer, as a sentence that a person can act on. */
export class Trouble extends Error {
  constructor(
    readonly sentence: Sentence,
    readonly status?: number,
  ) {
    super(sentence);
  }
}
