// Tells this device which of the passkeys that it may hold are accepted here, and their owner's name, so
// that it stops offering those that were removed (WebAuthn Level 3 §5.1.10).

const { rpId, userId, allAcceptedCredentialIds, name, displayName } = JSON.parse(document.body.dataset.signal);
const { PublicKeyCredential } = window;

// A browser that cannot, or will not, changes nothing for its reader.
const ignore = () => {};
PublicKeyCredential?.signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds }).catch(ignore);
PublicKeyCredential?.signalCurrentUserDetails?.({ rpId, userId, name, displayName }).catch(ignore);
