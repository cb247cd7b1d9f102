// Tells, where the page keeps room for it, why something did not happen.

import { Cancelled } from '../join/passkey.js';
import { Unreachable } from './ask.js';

const word = (name) => document.querySelector(`[data-say="${name}"]`)?.textContent;

// The room nearest to a form: its own, its section's, or the page's.
function room(form) {
  return form?.querySelector('[data-problem]')
    ?? form?.closest('section')?.querySelector(':scope > [data-problem]')
    ?? document.querySelector('[data-problem]');
}

export function quiet(form) {
  const place = room(form);
  if (place) place.hidden = true;
}

export function tell(form, error) {
  const place = room(form);
  if (!place) return;
  let text = error.message;
  if (error instanceof Cancelled) text = word('cancelled') ?? text;
  else if (error instanceof Unreachable) text = word('offline') ?? text;
  else if (error.title) text = `${error.title}. ${error.message}`;
  if (error.left) text = `${text} ${word(`left-${error.left}`) ?? ''}`;
  // Emptied first, so that the same words are read out again.
  place.textContent = '';
  place.hidden = false;
  place.textContent = text;
}
