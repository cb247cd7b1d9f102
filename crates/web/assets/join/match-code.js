// Six digits in two groups, and when they change. Eyes get the groups; screen readers get the digits
// one by one, and are told only when there is something to do.

import { choose, say } from './views.js';

let timer = null;
let told = null;

export function showCode(stage, code, now) {
  const place = stage.querySelector('[data-code]');
  const spoken = stage.querySelector('[data-code-spoken]');
  if (place.dataset.digits === code.digits) return;
  const isNew = Boolean(place.dataset.digits);
  place.dataset.digits = code.digits;
  place.replaceChildren(...[code.digits.slice(0, 3), code.digits.slice(3)].map((group) => {
    const span = document.createElement('span');
    span.textContent = group;
    return span;
  }));
  spoken.textContent = [...code.digits].join(' ');
  const ends = new Date(code.ends);
  const clock = stage.querySelector('[data-code-ends]');
  clock.textContent = ends.toLocaleTimeString(document.documentElement.lang, {
    timeStyle: 'short', hourCycle: clock.dataset.hours, numberingSystem: 'latn',
  });
  choose('code', 'shown');
  // Isolated (U+2066, U+2069): single digits in a line from right to left would change places.
  if (isNew) say('code-new', { extra: `\u2066${spoken.textContent}\u2069` });
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (told !== code.digits && stage.contains(place)) say('code-soon');
    told = code.digits;
  }, Math.max(0, ends - now - 60_000));
}

export function forgetCode() {
  clearTimeout(timer);
}
