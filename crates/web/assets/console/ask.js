// Calls to the console's own origin.

// The server said no, and why: `type` is the last part of the problem's address.
export class Problem extends Error {
  constructor(document, status) {
    super(document.detail ?? document.title ?? `HTTP ${status}`);
    this.type = (document.type ?? '').replace('/problems/', '');
    this.status = status;
    this.title = document.title;
    this.left = document.left;
    this.unknown = document.unknown_credential;
  }
}

// The server could not be reached.
export class Unreachable extends Error {}

// Sends JSON with the session's form token, if the page has one; answers with JSON.
export async function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  const { token } = document.body.dataset;
  if (token) headers['firstkey-token'] = token;
  const response = await fetch(path, {
    method: 'POST', headers, body: JSON.stringify(body ?? {}), credentials: 'same-origin', cache: 'no-store', redirect: 'error',
  }).catch((error) => { throw new Unreachable(error.message); });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(answer, response.status);
  return answer;
}
