// Loads the page anew when what it shows has moved, but never under the hands of somebody who types.

const { state } = document.body.dataset;
const EVERY = 3000;

const isTyping = () => [...document.querySelectorAll('main input:not([type="hidden"]):not([readonly])')].some((input) => (
  ['checkbox', 'radio'].includes(input.type) ? input.checked !== input.defaultChecked : input.value !== input.defaultValue
)) || document.querySelector('[aria-busy="true"]');

async function look() {
  if (document.hidden || isTyping()) return;
  const response = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store', credentials: 'same-origin', redirect: 'manual' }).catch(() => null);
  const now = response?.headers.get('firstkey-state');
  // A redirect or a refusal: the page behind this address is another now.
  const isOther = response && (response.type === 'opaqueredirect' || response.status === 404);
  if ((isOther || (now && now !== state)) && !isTyping()) location.replace(location.pathname);
}

setInterval(look, EVERY);
document.addEventListener('visibilitychange', look);
