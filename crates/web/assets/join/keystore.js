// The key of this browser: made here, kept in IndexedDB, impossible to take out. One record for each
// link: { locator, keys, attempt, made }.

const DATABASE = 'firstkey';
const RECORDS = 'keys';
// The server ends what was begun after a day; an hour more is for clocks that differ.
const LIFETIME = 25 * 60 * 60 * 1000;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(RECORDS, { keyPath: 'locator' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
}

async function transact(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(RECORDS, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(RECORDS));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export function makeKeys() {
  return crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
}

export function put(record) {
  return transact('readwrite', (records) => records.put({ made: Date.now(), ...record }));
}

export function forget(locator) {
  return transact('readwrite', (records) => records.delete(locator));
}

// Every record, the newest first. Those that are too old to be of use are removed on the way.
export async function all() {
  const kept = await transact('readonly', (records) => records.getAll());
  const isOld = (record) => Date.now() - record.made > LIFETIME;
  await Promise.all(kept.filter(isOld).map((record) => forget(record.locator)));
  return kept.filter((record) => !isOld(record)).sort((a, b) => b.made - a.made);
}

// The record of this link.
export async function find(locator) {
  return (await all()).find((record) => record.locator === locator) ?? null;
}

// Whether a key survives the way into the database and back, and still signs. In-app browsers and
// lockdown modes fail here, before anything has begun.
export async function keepsKeys() {
  const locator = 'round-trip';
  try {
    await put({ locator, keys: await makeKeys() });
    const record = await transact('readonly', (records) => records.get(locator));
    await forget(locator);
    const { privateKey, publicKey } = record.keys;
    const hash = { name: 'ECDSA', hash: 'SHA-256' };
    const text = new Uint8Array([1, 2, 3]);
    const signature = await crypto.subtle.sign(hash, privateKey, text);
    return !privateKey.extractable && await crypto.subtle.verify(hash, publicKey, signature, text);
  } catch {
    return false;
  }
}
