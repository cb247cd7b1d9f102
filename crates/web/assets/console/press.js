// Forms that end in the press of a passkey. `data-ask` takes what the form holds and answers with what is
// to be signed; `data-act` takes the passkey's answer and says where to go.

import { use } from '../join/passkey.js';
import { present } from '../signals.js';
import { post } from './ask.js';
import { quiet, tell } from './said.js';

// After these the page itself explains what is the matter.
const TOLD_BY_THE_PAGE = ['codes-used-up', 'browsers-contested', 'enrollment-over', 'vouched-twice', 'nobody-waiting'];

function held(form) {
  const values = {};
  for (const input of form.elements) {
    if (input.type === 'radio' && !input.checked) continue;
    if (input.name) values[input.name] = input.type === 'checkbox' ? input.checked : input.value;
  }
  return values;
}

async function press(form) {
  const { options, ticket } = await post(form.dataset.ask, held(form));
  const credential = await use(options);
  const { to, signals } = await post(form.dataset.act, { ticket, credential });
  if (signals) await present(signals);
  location.assign(to);
}

for (const form of document.querySelectorAll('form[data-ask]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    quiet(form);
    try {
      await press(form);
    } catch (error) {
      if (TOLD_BY_THE_PAGE.includes(error.type)) location.reload();
      else tell(form, error);
    } finally {
      form.removeAttribute('aria-busy');
    }
  });
}
