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
  const time = ends.toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  stage.querySelector('[data-code-ends]').textContent = time;
  choose('code', 'shown');
  if (isNew) say('code-new', { extra: spoken.textContent });
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (told !== code.digits && stage.contains(place)) say('code-soon');
    told = code.digits;
  }, Math.max(0, ends - now - 60_000));
}

export function forgetCode() {
  clearTimeout(timer);
}
