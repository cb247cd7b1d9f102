// Asks the operators' side, with its own cookies, whether somebody is signed in there in this very
// browser. It answers with a statement about our key, or says that somebody is.

import { Problem, Unreachable } from './api.js';
import { spoken } from './language.js';

export async function clearance(origin, key, locator) {
  const response = await fetch(`${origin}/clearance`, {
    method: 'POST',
    mode: 'cors',
    credentials: 'include',
    headers: spoken({ 'content-type': 'application/json' }),
    body: JSON.stringify({ key, locator }),
  }).catch((error) => { throw new Unreachable(error.message); });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(answer, response.status);
  return answer.clearance;
}
