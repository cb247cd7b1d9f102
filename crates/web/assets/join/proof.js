// Proofs: each request is signed by the browser's key, with its method, address, body and nonce.

import { encode } from './base64url.js';

const utf8 = (text) => new TextEncoder().encode(text);
const part = (value) => encode(utf8(JSON.stringify(value)));

async function publicJwk(keys) {
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  return { crv, kty, x, y };
}

// The key's name (RFC 7638).
export async function thumbprint(keys) {
  return encode(await crypto.subtle.digest('SHA-256', utf8(JSON.stringify(await publicJwk(keys)))));
}

export async function prove(keys, { method, url, body, nonce }) {
  const header = { typ: 'firstkey-proof+jwt', alg: 'ES256', jwk: await publicJwk(keys) };
  const claims = {
    jti: encode(crypto.getRandomValues(new Uint8Array(16))),
    htm: method,
    htu: url,
    bsh: encode(await crypto.subtle.digest('SHA-256', utf8(body))),
    ...(nonce ? { nonce } : {}),
  };
  const input = `${part(header)}.${part(claims)}`;
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, utf8(input));
  return `${input}.${encode(signature)}`;
}
