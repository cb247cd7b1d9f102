// Can this browser do it? Asked before anything begins, so that nobody is stranded half way.

import { keepsKeys } from './keystore.js';

// Null when it can; otherwise why not: insecure, passkeys, keep or device.
export async function whatIsMissing() {
  if (!window.isSecureContext || !crypto.subtle) return 'insecure';
  if (!window.PublicKeyCredential || !navigator.credentials?.create) return 'passkeys';
  if (!await keepsKeys()) return 'keep';
  if (!await hasAuthenticator()) return 'device';
  return null;
}

async function hasAuthenticator() {
  const capabilities = await PublicKeyCredential.getClientCapabilities?.().catch(() => null);
  if (capabilities?.passkeyPlatformAuthenticator || capabilities?.hybridTransport) return true;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}
