// Signing in: the browser offers passkeys beside the name's field by itself (conditional mediation), and
// the button asks for one outright.

import { Cancelled, use } from '../join/passkey.js';
import { unknown } from '../signals.js';
import { post } from './ask.js';
import { quiet, tell } from './said.js';

const form = document.getElementById('sign-in');
const { to } = form.dataset;
let offering = new AbortController();

async function begin() {
  const answer = await post('/sign-in/options');
  // A page reached from another site learns only now that its reader is signed in.
  if (answer.is_signed_in) location.replace(to);
  return answer;
}

async function finish(ticket, credential) {
  const answer = await post('/sign-in', { ticket, credential, to }).catch((error) => {
    unknown(error.unknown);
    throw error;
  });
  location.replace(answer.to);
}

// Waits in the background until a passkey is chosen beside the field.
async function offer() {
  const canOffer = await window.PublicKeyCredential?.isConditionalMediationAvailable?.();
  const { options, ticket } = await begin();
  if (!canOffer) return;
  offering = new AbortController();
  const credential = await use(options, { mediation: 'conditional', signal: offering.signal });
  await finish(ticket, credential);
}

function problem(error) {
  // Whoever dismissed the browser's own offer knows that they did.
  if (!(error instanceof Cancelled)) tell(form, error);
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (form.getAttribute('aria-busy') === 'true') return;
  form.setAttribute('aria-busy', 'true');
  quiet();
  // There is room for one question at a time.
  offering.abort();
  try {
    const { options, ticket } = await begin();
    await finish(ticket, await use(options));
  } catch (error) {
    tell(form, error);
    offer().catch(problem);
  } finally {
    form.removeAttribute('aria-busy');
  }
});

if (window.PublicKeyCredential) {
  offer().catch(problem);
} else {
  tell(form, new Error(document.querySelector('[data-say="unsupported"]').textContent));
}
