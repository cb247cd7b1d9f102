// Begin: this browser makes its key, and from now on nobody else can go on in its place.

import { Api } from './api.js';
import { clearance } from './clearance.js';
import * as keystore from './keystore.js';
import { thumbprint } from './proof.js';

export async function begin({ locator, consoleOrigin, secret, moved }) {
  // A key whose answer was lost is used again: the server recognises it.
  const kept = await keystore.find(locator);
  const keys = kept && !kept.attempt ? kept.keys : await keystore.makeKeys();
  const cleared = await clearance(consoleOrigin, await thumbprint(keys), locator);
  // Kept before it is used: what the server knows, this browser must not lose.
  await keystore.put({ locator, keys });
  const progress = await new Api(keys).post('/api/join/begin', {
    locator,
    clearance: cleared,
    ...(secret ? { secret } : {}),
    ...(moved ? { move: moved } : {}),
  }, { patience: 3 });
  const record = { locator, keys, attempt: progress.attempt };
  await keystore.put(record);
  return record;
}
