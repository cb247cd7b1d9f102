// Keeps a page up to date: the server says that something has moved, the page is asked for again, and the
// parts that differ take the place of those that stand here. Without this a page is as fresh as its load.

const GATHER = 1000;
const LOOK = 60000;
const SPEAK = 30000;

const said = document.querySelector('#said');
const mark = document.querySelector('#live');
let source = null;
let due = null;
let isAsking = false;
let spoken = Date.now();

// A document by XMLHttpRequest is parsed without running anything, and needs no text to become HTML here.
function ask() {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open('GET', location.href);
    request.responseType = 'document';
    request.setRequestHeader('firstkey-live', '1');
    request.addEventListener('loadend', () => done(request));
    request.send();
  });
}

function exchange(part, now) {
  const open = part.querySelectorAll('details');
  now.querySelectorAll('details').forEach((details, place) => {
    if (open[place]) details.open = open[place].open;
  });
  // Nothing moves under the hands of somebody who is there.
  if (part.isEqualNode(now) || part.contains(document.activeElement)) return;
  part.replaceWith(document.adoptNode(now));
}

// A sentence at most every half minute, and only when it is another one.
function speak(page) {
  const summary = page.querySelector('#said')?.dataset.summary;
  if (!said || !summary || summary === said.dataset.summary || Date.now() - spoken < SPEAK) return;
  said.dataset.summary = summary;
  said.textContent = summary;
  spoken = Date.now();
}

async function look() {
  due = null;
  if (isAsking || document.hidden) return;
  isAsking = true;
  const request = await ask();
  isAsking = false;
  if (request.status === 0) return;
  const page = request.response;
  const isOther = new URL(request.responseURL).pathname !== location.pathname;
  if (isOther || request.status !== 200 || !page) {
    // Signed out, or no business of theirs any more: the page behind this address is another now.
    location.reload();
    return;
  }
  for (const part of document.querySelectorAll('.part')) {
    const now = page.getElementById(part.id);
    if (now) exchange(part, now);
  }
  speak(page);
}

function soon() {
  due ??= setTimeout(look, GATHER);
}

function show(isLive) {
  if (mark) mark.hidden = !isLive;
}

function stop() {
  source?.close();
  source = null;
  show(false);
}

function listen() {
  if (source || document.hidden) return;
  source = new EventSource('/live');
  source.addEventListener('open', () => {
    show(true);
    soon();
  });
  source.addEventListener('moved', soon);
  source.addEventListener('over', () => location.reload());
  // Newer pages of this session have taken its place.
  source.addEventListener('enough', stop);
  source.addEventListener('error', () => {
    show(false);
    if (source?.readyState === EventSource.CLOSED) {
      stop();
      soon();
    }
  });
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    stop();
  } else {
    listen();
    soon();
  }
});
setInterval(() => {
  listen();
  soon();
}, LOOK);
listen();
