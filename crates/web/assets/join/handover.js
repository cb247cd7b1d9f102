// The page behind the address on a voucher's screen. In the browser that has begun it brings what stands
// behind the # and goes on; anywhere else it says what to do, and nothing happens.

import { Api, Problem, Unreachable } from './api.js';
import * as keystore from './keystore.js';
import { offer } from './link.js';
import { choose, quiet, say, show } from './views.js';

// It never reached the server, and is taken out of the address at once.
const secret = location.hash.slice(1);
const wholeLink = location.href;
if (secret) history.replaceState(null, '', location.pathname);

const VIEWS = {
  'handover-over': 'over', 'handover-withdrawn': 'withdrawn', contested: 'contested',
};
// What another of this browser's keys may still be good for.
const NOT_THIS_ONE = ['handover-elsewhere', 'not-found', 'ended'];

// Whether this key's attempt took it. Throws what is final.
async function takes({ keys, attempt }) {
  const api = new Api(keys);
  api.onTrouble = (isDown) => { if (isDown) say('retrying'); else quiet(); };
  try {
    await api.post(`/api/join/attempts/${attempt}/handover`, { secret });
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.type === 'handover-done') return true;
    if (NOT_THIS_ONE.includes(error.type)) return false;
    throw error;
  }
}

function elsewhere() {
  show('elsewhere', { fill: (stage) => { if (secret) offer(stage, wholeLink); } });
  choose('link', secret ? 'there' : 'none');
}

async function start() {
  try {
    const begun = secret ? (await keystore.all().catch(() => [])).filter(({ attempt }) => attempt) : [];
    for (const record of begun) {
      if (await takes(record)) return location.replace(`/i/${record.locator}`);
    }
    return elsewhere();
  } catch (error) {
    const view = error instanceof Problem ? VIEWS[error.type] : undefined;
    if (view) return show(view);
    show('trouble', { actions: { again: () => { show('trouble'); start(); } } });
    return say(error instanceof Unreachable ? 'offline' : '');
  }
}

start();
