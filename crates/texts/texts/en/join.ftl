### The joiner's pages. Plain speech: whoever reads this has a new job and a phone, and is nervous.
### Say "passkey", "link", "browser", "phone"; never the words that operators use.

## The first page
join-title = { $name } is expecting you
join-title-somebody = You are expected
join-somebody = your colleague
join-title-again = Add another passkey
join-lead = For { $name } you need a passkey. It lives in your phone or computer and opens with your face, your finger or your screen lock. There is no password to remember.
join-lead-again = You are about to add one more passkey for { $name }, on this device or another.
join-time = It takes about two minutes.
join-moment = { moment-weekday }, { $day } { moment-month }, { $time }
join-until = This link works until { $date }.
join-steps-heading = What will happen
join-step-begin = You press Begin, in the browser you want to keep using today.
join-step-meet = You show six digits to { $name }, face to face, or when they call you.
join-step-terminal = You read six digits from this page to whoever sits at the server's terminal.
join-step-own = You confirm with the passkey you already have.
join-step-make = Your phone or computer makes the passkey, and you try it once.
join-never-heading = Only { $name }
join-never = Nobody else needs your digits, and nobody will ask for a code or a password by mail, by message or on a call that you did not expect. If somebody does, say no.
join-begin = Begin
join-beginning = Beginning…
join-checking = Just checking that this browser can do it
join-noscript = This page needs JavaScript. Please switch it on for this page, or open the link in another browser.
join-unexpected = I did not expect this
join-unexpected-heading = Did you not expect this?
join-unexpected-body = Then leave it alone; nothing has happened. Tell us, and somebody will look into it.
join-unexpected-send = Tell them
join-unexpected-keep = Go back
join-unexpected-done-heading = Thank you
join-unexpected-done = They know now. You can close this page; there is nothing else to do.
join-languages = Language

## A link that is not active
join-inactive-title = This link is not active any more
join-inactive-lead = That happens: it may be old, used, or replaced by a newer one. Nothing is wrong with you or your device.
join-inactive-newer = Look for a newer message from the same sender, and use the link in that one.
join-inactive-ask = If there is none, ask the person who invited you to send the invitation again. It takes them a moment.

## A link that opens later
join-later-title = You are a little early
join-later-lead = This link opens on { $date }. Keep the message; there is nothing to do before then.

## This browser cannot do it
join-browser-heading = Let us use another browser
join-browser-lead = The browser that opened this link cannot make a passkey. Links that are opened inside a mail or chat app often land in such a browser. Nothing has happened yet.
join-browser-insecure = This address is not protected. Open the link exactly as it came in your message.
join-browser-passkeys = This browser does not know passkeys.
join-browser-keep = This browser cannot keep a key. Private windows, lockdown modes and browsers inside other apps often cannot.
join-browser-device = This device cannot make a passkey by itself.
join-browser-what = What you can do
join-browser-open = Copy the link and paste it into Safari, Chrome, Edge or Firefox.
join-browser-scan = Or scan this with your phone's camera.
join-browser-key = I have a security key
join-browser-again = Check again
join-qr-label = A QR code with the link of this page. The same link can be copied below.
join-copy = Copy the link
join-copied = Copied. Paste it into the other browser's address bar.
join-copy-failed = Please select the link and copy it.
join-link-label = The link

## Somebody is signed in
join-signed-in-heading = Somebody is signed in here
join-signed-in-lead = In this browser somebody is signed in who looks after newcomers. To keep the two apart, open the link in a private window or on your own device.

## The numbers
join-progress = Your steps
join-step-now = now
join-step-done = done
join-step-next = later
join-kind-match = Show { $name } your six digits
join-kind-second-match = Show your six digits to a second person
join-kind-handover = Take the link from the screen of { $name }
join-kind-terminal = Read your six digits to the terminal
join-kind-own-authenticator = Confirm with the passkey you have
join-kind-make = Make your passkey
join-kind-confirm = Try it once
join-match-heading = Show these digits to { $name }
join-match-lead = We told { $name } that you are here. They will come to you, or call you.
join-match-second-heading = One more person, please
join-match-second-lead = Your account is an important one, so a second person has to see you too. They have been told.
join-match-terminal-heading = Type these digits into the terminal
join-match-terminal-lead = The terminal that made your link asks for them.
join-match-own-heading = Type these digits where you are signed in
join-match-own-lead = Go back to the page where you asked for another passkey. It asks for these digits, and then for the passkey you have.
join-match-handover-heading = Take the link from the screen of { $name }
join-match-handover-lead = They have a page open for you with a square pattern on it. Scan it with this device, or open the link that they send you in this very browser. Then digits appear here for them.
join-match-handover-cannot = I cannot scan or open it
join-match-handover-second = Then show these digits instead. A second person will have to confirm you too.
join-match-handed-over-lead = You took the page from their screen. Now they type these digits, and you are done with this step.
join-match-by-sight = Have you two never met? Then they first show you a page with a square pattern. Scan it with this device.
join-code-label = Your six digits
join-code-changes = New digits at { $time }.
join-code-soon = The digits change in one minute.
join-code-new = Here are new digits.
join-match-beware-heading = Only in this direction
join-match-beware = You show the digits; nobody gives digits to you. If somebody you did not expect rings you and asks for them, or tells you these digits, say no and hang up.
join-match-waiting = This page moves on by itself
join-move = Continue on another device

join-blocked-heading = Somebody has to look at this first
join-blocked-lead = Your invitation cannot go on by itself just now. That is not your fault. Please tell { $name }; they can see what is missing.

## More than one browser
join-contested-heading = Two browsers have opened your invitation
join-contested-lead = If both are yours, that is fine. If one of them is not, it is good that you stopped here. Either way nobody can go on until this is sorted out.
join-contested-do = Ask { $name } to send the invitation again. It will start afresh, and only the new link will work.
join-contested-again = If this page comes back after that, somebody else may be reading your messages. Tell { $name } by phone or face to face, and give them another address for the link.

## Another device
join-move-heading = Continue on another device
join-move-lead = Scan this with the other device, or open the link there. It works once, and this page stops when the other one begins.
join-move-label = A QR code with a link for the other device. The same link can be copied below.
join-move-back = Stay on this device

## The page from somebody's screen
join-handover-title = One moment
join-handover-working = This page looks whether you have begun in this browser.
join-handover-elsewhere-heading = Not in this browser
join-handover-elsewhere-lead = Nothing has happened. This page belongs to the browser in which you pressed Begin, and that is not this one.
join-handover-elsewhere-begin = You have not begun yet? Open your invitation on this device, press Begin, and scan again.
join-handover-elsewhere-browser = You began in another browser? Open it there: scan with that device, or copy the link below into that browser's address bar.
join-handover-elsewhere-second = It does not work? A second person can confirm you instead. Say so to whoever showed you this.
join-handover-beware-heading = Have you seen digits on another page?
join-handover-beware = If you pressed Begin and a page showed you digits, but this page says that you have not begun here, that page may not have been ours. Tell whoever is with you at once, before they type anything.
join-handover-over-heading = Their screen shows another one now
join-handover-over-lead = It changes every minute and works once. Scan the one that their screen shows now.
join-handover-withdrawn-heading = This is not shown any more
join-handover-withdrawn-lead = Whoever showed you this is signed out, or cannot confirm you. Ask them to look at their page.
join-handover-contested-do = Ask for the invitation to be sent again. It will start afresh, and only the new link will work.

## Making the passkey
join-make-heading = Now make your passkey
join-make-lead = Press the button. Your device will ask for your face, your finger or your screen lock, as it does when you unlock it. They never leave your device.
join-make-button = Make my passkey
join-make-wait = One moment…
join-make-working = Your device is asking you…
join-confirm-heading = Try it once
join-confirm-lead = Your passkey is made. Use it one time, so that we both know it works.
join-confirm-exists = This device has a passkey for you already. Use it one time, so that we both know it works.
join-confirm-button = Use my passkey
join-cancelled = Nothing was made. That happens when the question is closed or takes too long. Try again whenever you like.
join-cancelled-confirm = It was not used. That happens when the question is closed or takes too long. Try again whenever you like.
join-exists = This device already holds a passkey for you, and it works. Use another device or a security key for this one.
join-refused-model = This kind of passkey is not accepted here. Try again with another device or security key.
join-refused-copyable = This passkey can be copied to other devices. Your organisation asks you for one that stays on its device: try again with a security key, or with a device that keeps passkeys to itself.
join-refused-unattested = Your organisation asks you for a security key that its maker vouches for. Try again with one. If your browser asks whether its make and model may be seen, allow it.
join-refused-reported = There is a warning about this make of security key or device: it is not safe enough any more. Try again with another one.
join-failed-ceremony = That did not work. Please try again.
join-dropped = The rules of your organisation changed after you had made your passkey, and that one can no longer be used. You did nothing wrong. Please make another one.
join-confirm-moved = Something changed meanwhile. Please press the button once more.
join-pass-over = That took a little too long. Please press the button again.

## Done
join-done-heading = Welcome
join-done-lead = Your passkey works, and you are done. From now on it lets you in: no password, no codes.
join-receipt-heading = Your receipt
join-receipt-lead = It proves when and how you got this passkey, and who vouched for you. Keep it if you like; there is no secret in it.
join-receipt-button = Save the receipt
join-receipt-wait = Your receipt is being written
join-receipt-failed = The receipt cannot be read just now. Please try again in a minute.
join-second-heading = One more, for the day you lose this one
join-second-lead = A second passkey on another device means that a lost phone costs you nothing. You can add it now or later: sign in and choose Add a passkey.
join-second-button = Add a second passkey
join-employer-heading = What can my employer see?
join-employer-sees = That you have a passkey, when it was made, which kind of device holds it, and when it is used to sign in here.
join-employer-not = Not your face, your finger or your screen lock: they never leave the device. Not your photos, messages, other passkeys or what else is on it. Nothing is installed.
join-lost-heading = What if I lose it?
join-lost-second = If you have a second passkey, use that one and remove the lost one on your own page.
join-lost-tell = If it was the only one, tell { $name } or the help desk. A new link alone does not give you another one, so it may take them a while. A second passkey, made today, saves you that.

## When it ends otherwise
join-ended-heading = This did not go through
join-ended-done-heading = This page is done
join-ended-wrong-codes = The wrong digits were typed three times, so we stopped, to be safe. Nothing is wrong with your device.
join-ended-failed-ceremonies = Your device’s answer was not accepted five times. Another device or a security key may do better.
join-ended-expired = It was open for too long and has ended by itself.
join-ended-moved = You went on with another device. You can close this page.
join-ended-reinvited = A new invitation was sent. Look for the newest message and use the link in that one.
join-ended-refused = The person who looked was not sure that this was you. That can happen, and nobody is to blame.
join-ended-voided = Something in your record was changed, so we start again, to be safe.
join-ended-withdrawn = The invitation was taken back. If that surprises you, ask the person who invited you.
join-ended-left = Your record says that you no longer work here. If that is wrong, ask the person who invited you.
join-ended-restored = The service was put back to an earlier state, and what was open has been closed.
join-ended-elsewhere = You finished in another browser or on another device. You can close this page.
join-lost-title = Let us begin this step again
join-ended-lost = We could not find your place again in this browser. That happens when its memory was cleared. Nothing is lost but this one step: begin again.
join-ended-ask = Ask { $name } to send the invitation again.
join-ended-again = Begin again

## Trouble on the way
join-offline = You seem to be offline. This page goes on as soon as you are back.
join-retrying = We cannot reach the service. Trying again…
join-back = We are back.
join-trouble-heading = Something went wrong
join-trouble-lead = It is not your fault. Please try again; if it stays, tell the person who invited you.
join-trouble-again = Try again
