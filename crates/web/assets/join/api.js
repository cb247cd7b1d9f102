// Calls to the server, signed, and repeated where repeating is right.

import { spoken } from './language.js';
import { prove } from './proof.js';

// The server said no, and why: `type` is the last part of the problem's address.
export class Problem extends Error {
  constructor(document, status) {
    super(document.title ?? `HTTP ${status}`);
    this.type = (document.type ?? '').replace('/problems/', '');
    this.status = status;
    this.document = document;
  }
}

// The server could not be reached.
export class Unreachable extends Error {}

const PAUSES = [500, 1000, 2000, 4000, 8000, 15000];

// Waits, but not longer than until the device is online again.
function wait(milliseconds) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener('online', done);
  });
}

export class Api {
  #keys;
  #nonce;
  // How far the server's clock is ahead of ours, in milliseconds.
  #ahead = 0;
  // Whether `onTrouble` was told that the server cannot be reached.
  #isDown = false;
  // Called with true when the server cannot be reached, and with false when it can again.
  onTrouble = () => {};

  constructor(keys) {
    this.#keys = keys;
  }

  // The time as the server tells it: clocks of phones are wrong more often than one thinks.
  now() {
    return Date.now() + this.#ahead;
  }

  get(path, options) {
    return this.#json('GET', path, undefined, options);
  }

  post(path, body, options) {
    return this.#json('POST', path, body, options);
  }

  // An answer that is read as it comes.
  async stream(path, signal) {
    const response = await this.#once('GET', path, '', { signal });
    if (!response.ok) throw await problem(response);
    this.#reached();
    return response.body;
  }

  #reached() {
    if (!this.#isDown) return;
    this.#isDown = false;
    this.onTrouble(false);
  }

  async #json(method, path, body, { patience = PAUSES.length, quietly = false } = {}) {
    const text = body === undefined ? '' : JSON.stringify(body);
    for (let turn = 0; ; turn += 1) {
      const response = await this.#once(method, path, text).catch((error) => error);
      const isDown = response instanceof Error || [502, 503, 504].includes(response.status);
      if (!isDown) {
        this.#reached();
        if (!response.ok) throw await problem(response);
        return response.status === 204 ? null : response.json();
      }
      if (turn >= patience) {
        throw response instanceof Error ? new Unreachable(response.message) : await problem(response);
      }
      if (turn > 0 && !quietly) {
        this.#isDown = true;
        this.onTrouble(true);
      }
      const asked = Number(response.headers?.get('retry-after') ?? 0) * 1000;
      await wait(Math.max(asked, PAUSES[Math.min(turn, PAUSES.length - 1)]));
    }
  }

  // One request; a second one when the server asks for its nonce.
  async #once(method, path, body, { signal } = {}) {
    for (const isLast of [false, true]) {
      const url = new URL(path, location.origin).href;
      const headers = spoken({ 'firstkey-proof': await prove(this.#keys, { method, url, body, nonce: this.#nonce }) });
      if (body) headers['content-type'] = 'application/json';
      const response = await fetch(url, {
        method, headers, signal, body: body || undefined, credentials: 'omit', cache: 'no-store', redirect: 'error',
      });
      this.#nonce = response.headers.get('firstkey-nonce') ?? this.#nonce;
      this.#ahead = Date.parse(response.headers.get('date')) - Date.now() || this.#ahead;
      const asksForNonce = response.status === 401 && !isLast
        && (await response.clone().json().catch(() => ({}))).type === '/problems/use-nonce';
      if (!asksForNonce) return response;
    }
    return undefined;
  }
}

async function problem(response) {
  return new Problem(await response.json().catch(() => ({})), response.status);
}
