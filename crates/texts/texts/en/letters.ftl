### Mail. Plain speech, like the joiner's pages: "passkey", "link", "page", never the words that
### operators use. Short sentences; many letters are read on a phone, by somebody in a hurry.

## In every letter
letter-greeting = Hello { $name },
letter-moment = { $day } { moment-month } { $year }, { $time } ({ $zone })
# Before an address on a line of its own, where a letter has no buttons.
letter-link = { $words }:
letter-somebody = A colleague
letter-never = Nobody will ever ask you for a code, by mail, by message or by phone. If somebody does, it is not us: say no.
letter-automatic = A computer sent this letter, and nobody reads answers to it.
letter-when = This happened on { $date }.
letter-not-me = Was this not you? Open this page and say so. It stops the passkey at once; opening the page alone changes nothing.
letter-not-me-action = This was not me

## The invitation
letter-invitation-subject = { $sponsor } is expecting you
letter-invitation-subject-somebody = You are expected
letter-invitation-lead = { $sponsor } invites you to make your passkey: a key that lives in your phone or computer and opens with your face, your finger or your screen lock. There is no password to remember.
letter-invitation-action = Start here
letter-invitation-steps = What will happen: you open the page and press Begin, { $sponsor } meets or calls you to see that it is you, and your phone or computer makes the passkey. It takes about two minutes.
letter-invitation-ends = The link works until { $date }. Opening it changes nothing, and you may open it as often as you like.
letter-invitation-unexpected = Did you not expect this? Open the page and choose “I did not expect this”, or delete this letter. Nothing happens by itself.

## Somebody is waiting
letter-waiting-subject = { $about } is waiting for you
letter-waiting-lead = { $about } has begun to make a passkey and needs you, to see that it is really them.
letter-waiting-care = Meet them, or call them at a number that you already had. If somebody rings you and reads you a code, refuse.
letter-waiting-action = See who is waiting

## A second browser has begun
letter-contested-subject = A second browser has begun with your link
letter-contested-lead = Your link was used to begin in a second browser. One of the two may not be you.
letter-contested-what = If it was you, go on in one of them and close the other; you may be sent a new link. If it was not, tell the person who invited you, by phone or face to face.
letter-contested-other-subject = Two browsers have begun as { $about }
letter-contested-other-lead = Two browsers have begun as { $about }, and one of them may be somebody else.
letter-contested-other-what = Speak to them before you approve anything. Sending the invitation again closes both browsers and starts clean.

## After wrong codes
letter-wrong-codes-subject = Please begin again
letter-wrong-codes-lead = Wrong digits were typed for you too often, so everything that was open has been closed. Nothing is lost.
letter-wrong-codes-what = Open the link in your invitation and press Begin once more. If you were not trying just now, tell the person who invited you.

## A passkey was added
letter-bound-subject = Your new passkey
letter-bound-lead = A passkey was added to your account.
letter-bound-second = If it is your only one, please add another on a second device, so that losing one does not lock you out.
letter-bound-action = See your passkeys

## A passkey was removed
letter-removed-subject = A passkey was removed
letter-removed-lead = A passkey was removed from your account. It opens nothing any more.
letter-removed-action = See your passkeys

## You approved somebody
letter-vouched-subject = You approved { $about }
letter-vouched-lead = Your passkey signed that you saw { $about } and that it was really them.
letter-vouched-what = If you did not do this, tell your administrators at once, by phone or face to face.

## What is known of somebody changed
letter-record-changed-subject = What we know of you has changed
letter-record-changed-lead = Your name, your address or the person who looks after you was changed. Letters about your passkeys go to the address that is on record now, and invitations that were sent to you before do not work any more.
letter-record-changed-what = If this surprises you, tell your employer, at a number that you already had.
letter-record-changed-other-subject = What we know of { $about } has changed
letter-record-changed-other-lead = The name, the address or the sponsor of { $about } was changed. If they had begun to make a passkey, that has been closed.
letter-record-changed-other-what = If this surprises you, tell your administrators.

## Somebody was not recognised
letter-refused-subject = { $about } was refused
letter-refused-lead = The person who was to approve { $about } did not recognise them. Everything that was open for them has been closed.
letter-refused-action = Look into it

## Somebody did not expect their invitation
letter-unexpected-subject = { $about } did not expect the invitation
letter-unexpected-lead = Whoever opened the invitation for { $about } says that they did not expect it.
letter-unexpected-what = It may have reached the wrong person. Ask { $about } at a number that you already had. If the address is wrong, take the invitation back.

## Somebody stopped a passkey
letter-stopped-subject = Your passkey was stopped
letter-stopped-lead = One of your passkeys was stopped in the console. It opens nothing any more, and where it was signed in is signed out.
letter-stopped-what = If you did not ask for this, or do not know why, call whoever looks after passkeys at a number that you already had.
letter-stopped-other-subject = A passkey of { $about } was stopped
letter-stopped-other-lead = A passkey of { $about } was stopped in the console. Who did it stands in the story on their page.

## Somebody said that it was not them
letter-suspended-subject = A passkey of { $about } was stopped
letter-suspended-lead = Somebody said, by the link in a letter to { $about }, that this was not them. The passkey and all that was signed in with it have been stopped.
letter-suspended-action = Look into it

## A key for a program was registered
letter-machine-key-subject = A key for a program
letter-machine-key-lead = Your passkey signed for a key with which a program may act for you.
letter-machine-key-what = If you did not do this, say so: your passkey is stopped, and the key with it. Then tell your administrators, by phone or face to face.
letter-machine-key-action = See the keys of programs
