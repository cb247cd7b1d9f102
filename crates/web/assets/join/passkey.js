// WebAuthn: making a passkey and using it. Options come and answers go as JSON; browsers that do not
// yet know the JSON forms, and password managers that break them, are helped along.

import { decode, encode } from './base64url.js';

export class Cancelled extends Error {}
export class AlreadyThere extends Error {}

export async function create(json) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: decode(json.challenge),
    user: { ...json.user, id: decode(json.user.id) },
    excludeCredentials: descriptors(json.excludeCredentials),
  };
  const credential = await ask(() => navigator.credentials.create({ publicKey }));
  return toJson(credential, (response) => ({
    attestationObject: encode(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  }));
}

// `more` goes to the browser beside the options: how it asks, and a signal that ends the asking.
export async function use(json, more = {}) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: decode(json.challenge),
    allowCredentials: descriptors(json.allowCredentials),
  };
  const credential = await ask(() => navigator.credentials.get({ ...more, publicKey }));
  return toJson(credential, (response) => ({
    authenticatorData: encode(response.authenticatorData),
    signature: encode(response.signature),
    ...(response.userHandle ? { userHandle: encode(response.userHandle) } : {}),
  }));
}

async function ask(ceremony) {
  try {
    const credential = await ceremony();
    if (!credential) throw new Cancelled();
    return credential;
  } catch (error) {
    if (error.name === 'InvalidStateError') throw new AlreadyThere();
    if (['NotAllowedError', 'AbortError', 'TimeoutError'].includes(error.name)) throw new Cancelled();
    throw error;
  }
}

function toJson(credential, response) {
  try {
    return credential.toJSON();
  } catch {
    return {
      id: credential.id,
      rawId: encode(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: {},
      response: {
        clientDataJSON: encode(credential.response.clientDataJSON),
        ...response(credential.response),
      },
    };
  }
}

function descriptors(list) {
  return (list ?? []).map((descriptor) => ({ ...descriptor, id: decode(descriptor.id) }));
}
