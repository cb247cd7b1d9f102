// The page behind a link: finds out where its reader is, and goes on from there.

import { whatIsMissing } from './browser-check.js';
import { begin } from './begin.js';
import { Api, Problem } from './api.js';
import { Joining } from './joining.js';
import * as keystore from './keystore.js';
import { spoken } from './language.js';
import { offer } from './link.js';
import { adopt, busy, choose, isBusy, quiet, say, show } from './views.js';

const page = document.body.dataset;
// What follows the # never reached the server. It is taken out of the address at once, and kept here
// only, so that neither history nor a screenshot holds it.
const fragment = location.hash.slice(1);
const wholeLink = location.href;
if (fragment) history.replaceState(null, '', location.pathname + location.search);

const { move: moved, setup: secret } = Object.fromEntries(new URLSearchParams(fragment));

async function start() {
  adopt(page.view);
  const record = await keystore.find(page.locator).catch(() => null);
  if (record?.attempt && !moved) return resume(record);
  if (page.view === 'start') await offerBegin();
  return undefined;
}

function resume(record) {
  const joining = new Joining(new Api(record.keys), record.attempt, {
    consoleOrigin: page.console,
    done: () => keystore.forget(page.locator),
    lost: async () => {
      await keystore.forget(page.locator).catch(() => {});
      show('lost', { actions: { reload: () => location.reload() } });
    },
    again: async () => {
      await keystore.forget(page.locator).catch(() => {});
      location.reload();
    },
  });
  return joining.follow();
}

async function offerBegin({ hasSecurityKey = false } = {}) {
  const missing = await whatIsMissing();
  if (missing && !(missing === 'device' && hasSecurityKey)) {
    show('browser', {
      actions: {
        check: () => location.reload(),
        key: () => { startAgain(); },
      },
      fill: (stage) => offer(stage, wholeLink),
    });
    choose('missing', missing);
    // The picture was made by the server, which never sees what follows the #.
    choose('picture', fragment ? 'none' : 'shown');
    return;
  }
  ready();
}

function startAgain() {
  show('start');
  ready();
}

function ready() {
  show('start', { actions: { begin: press, unexpected: askUnexpected } });
  choose('check', 'ready');
  choose('meeting', secret ? 'terminal' : 'person');
  // Choosing a language loads the page anew, and what followed the # would be lost.
  choose('languages', fragment ? 'none' : 'offered');
  quiet();
}

async function press() {
  if (isBusy('begin')) return;
  busy('begin', true);
  quiet();
  try {
    const record = await begin({ locator: page.locator, consoleOrigin: page.console, secret, moved });
    await resume(record);
  } catch (error) {
    busy('begin', false);
    refused(error);
  }
}

function refused(error) {
  const views = {
    'operator-signed-in': 'signed-in',
    'link-inactive': 'inactive',
    'too-many-browsers': 'contested',
  };
  const view = error instanceof Problem ? views[error.type] : undefined;
  if (view) return show(view);
  if (error instanceof Problem && error.document.detail) return say('problem', { extra: error.document.detail });
  return say(error instanceof Problem ? 'trouble' : 'offline');
}

function askUnexpected() {
  show('unexpected', {
    actions: {
      keep: () => startAgain(),
      send: async () => {
        if (isBusy('send')) return;
        busy('send', true);
        const sent = await fetch('/api/join/unexpected', {
          method: 'POST',
          credentials: 'omit',
          headers: spoken({ 'content-type': 'application/json' }),
          body: JSON.stringify({ locator: page.locator }),
        }).then((response) => response.ok, () => false);
        busy('send', false);
        if (sent) show('unexpected-done'); else say('offline');
      },
    },
  });
}

start();
