// The address on a voucher's screen: another every minute, and none at all rather than an old one.

const place = document.querySelector('[data-handover]');
const picture = place.querySelector('svg');
const stale = place.querySelector('[data-stale]');
const field = document.querySelector('[data-link]');
const AGAIN = 3000;
let timer;

function next(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(turn, milliseconds);
}

function show({ url, qr, lasts }) {
  picture.setAttribute('viewBox', `0 0 ${qr.size} ${qr.size}`);
  picture.querySelector('path').setAttribute('d', qr.path);
  field.value = url;
  hide(false);
  next(lasts);
}

function hide(isOld) {
  picture.toggleAttribute('hidden', isOld);
  stale.hidden = !isOld;
  if (isOld) field.value = '';
}

async function turn() {
  const response = await fetch(place.dataset.handover, { cache: 'no-store', credentials: 'same-origin', redirect: 'error' }).catch(() => null);
  if (response?.ok) {
    const shown = await response.json().catch(() => null);
    if (shown) return show(shown);
  }
  // Nothing is to be handed over any more, or nobody is signed in: the page behind this address knows.
  if (response && response.status < 500 && response.status !== 429) return location.replace(location.pathname);
  hide(true);
  return next(AGAIN);
}

function told(copied) {
  for (const words of document.querySelectorAll('[data-copied]')) words.hidden = words.dataset.copied !== copied;
}

field.addEventListener('focus', () => field.select());
document.querySelector('[data-copy]').addEventListener('click', async () => {
  const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false) ?? false;
  if (!copied) field.select();
  told(copied ? 'yes' : 'no');
});
// Timers of hidden pages are late.
document.addEventListener('visibilitychange', () => { if (!document.hidden) turn(); });
next(Number(place.dataset.lasts));
