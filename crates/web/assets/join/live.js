// News of one's own progress: a streamed answer, one line of JSON for each change. Where streams do
// not get through, it asks every few seconds.

import { Problem } from './api.js';

const POLL = 3000;
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Live {
  #stopped = new AbortController();

  stop() {
    this.#stopped.abort();
  }

  // Calls `tell` with each progress until stopped. Throws the problem when the server ends it.
  async follow(api, path, tell) {
    const { signal } = this.#stopped;
    for (let silent = 0; !signal.aborted;) {
      let heard = false;
      try {
        if (silent < 2) {
          for await (const progress of lines(await api.stream(`${path}/live`, signal))) {
            heard = true;
            if (!signal.aborted) tell(progress);
          }
        } else {
          const progress = await api.get(path);
          if (!signal.aborted) tell(progress);
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Problem && error.status < 500) throw error;
      }
      silent = heard ? 0 : silent + 1;
      if (!heard && !signal.aborted) await wait(POLL);
    }
  }
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
      // An empty line only says that the connection lives.
      for (const line of parts) if (line) yield JSON.parse(line);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
