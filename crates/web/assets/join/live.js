// News of one's own progress: a streamed answer, one line of JSON for each change. Where streams do
// not get through, or arrive only when they have ended, it asks every few seconds.

import { Problem, Unreachable } from './api.js';

const POLL = 3000;
// The first line comes at once, and later at least an empty one every 15 seconds.
const FIRST_LINE = 5000;
const NEXT_LINE = 40_000;
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Live {
  #isOver = false;
  #patience = new Patience();

  stop() {
    this.#isOver = true;
    this.#patience.end();
  }

  // Calls `tell` with each progress until stopped. Throws the problem when the server ends it; that
  // the server cannot be reached is waited out.
  async follow(api, path, tell) {
    // How many streams brought nothing although the server answers.
    for (let missed = 0; !this.#isOver;) {
      const heard = missed < 2 && await this.#stream(api, path, tell);
      if (this.#isOver) return;
      try {
        const progress = await api.get(path);
        if (!this.#isOver) tell(progress);
        missed = heard ? 0 : missed + 1;
      } catch (error) {
        if (!isWaitedOut(error)) throw error;
      }
      if (!this.#isOver) await wait(POLL);
    }
  }

  // One stream, to its end. Whether it brought anything.
  async #stream(api, path, tell) {
    const patience = new Patience();
    this.#patience = patience;
    let heard = false;
    try {
      patience.lasts(FIRST_LINE);
      for await (const line of lines(await api.stream(`${path}/live`, patience.signal))) {
        patience.lasts(NEXT_LINE);
        heard = true;
        // An empty line only says that the connection lives.
        if (line && !this.#isOver) tell(JSON.parse(line));
      }
    } catch (error) {
      if (!patience.signal.aborted && error instanceof Problem && !isWaitedOut(error)) throw error;
    } finally {
      patience.end();
    }
    return heard;
  }
}

// Gives up on a stream unless it is renewed in time.
class Patience {
  #abort = new AbortController();
  #timer;

  get signal() {
    return this.#abort.signal;
  }

  lasts(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#abort.abort(), milliseconds);
  }

  end() {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }
}

function isWaitedOut(error) {
  return error instanceof Unreachable || (error instanceof Problem && error.status >= 500);
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + value).split('\n');
      rest = parts.pop();
      yield* parts;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
