// The first page and one's own: tells this device which of the passkeys that it may hold are accepted, and the name.

import { present } from '../signals.js';

present(JSON.parse(document.body.dataset.signals));
