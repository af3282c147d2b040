// Many questions to Python, in batches: between two of them the page can stop, and other questions get their turn.

const TIME = 60; // ms that a batch should take: a reader who opens a row waits no longer than that
const FIRST = 20;
const LEAST = 5;
const MOST = 500;

/**
 * Ask until everything is answered or the signal aborts.
 * @template T
 * @param {T[]} items
 * @param {(batch: T[]) => Promise<string>} ask
 * @param {(batch: T[], answer: string, done: number) => void} take receives each answer; `done` items are answered by then
 * @param {AbortSignal} signal
 */
export async function inBatches(items, ask, take, signal) {
  let size = FIRST;
  for (let done = 0; done < items.length && !signal.aborted; ) {
    const batch = items.slice(done, done + size);
    const started = performance.now();
    const answer = await ask(batch);
    const each = (performance.now() - started) / batch.length;
    done += batch.length;
    take(batch, answer, done);
    size = Math.round(Math.min(MOST, Math.max(LEAST, TIME / each, size / 2)));
  }
}
