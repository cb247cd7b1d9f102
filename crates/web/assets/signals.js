// Tells the device what became of passkeys that it may hold (WebAuthn Level 3 §5.1.10). The server writes
// each argument.

// A browser that takes longer keeps nobody waiting: the page may be about to go elsewhere.
const PATIENCE = 1000;

async function tell(method, argument) {
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  try {
    if (argument) await Promise.race([window.PublicKeyCredential?.[method]?.(argument), late]);
  } catch {
    // A browser that cannot, or will not, changes nothing for its reader.
  }
}

// Which passkeys are accepted for whoever is signed in, and what their account is called now.
export function present({ all_accepted_credentials: accepted, current_user_details: details }) {
  return Promise.all([
    tell('signalAllAcceptedCredentials', accepted),
    tell('signalCurrentUserDetails', details),
  ]);
}

// A passkey that leads nowhere, so that the device stops offering it.
export function unknown(credential) {
  return tell('signalUnknownCredential', credential);
}
