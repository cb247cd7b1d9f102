// From Begin to done: shows what the server says comes next, and does it.

import { unknown } from '../signals.js';
import { Problem, Unreachable } from './api.js';
import { Live } from './live.js';
import { offer } from './link.js';
import { forgetCode, showCode } from './match-code.js';
import * as passkey from './passkey.js';
import * as qr from './qr.js';
import { busy, choose, current, isBusy, quiet, say, show } from './views.js';

// Steps that end with a voucher typing the digits.
const BY_A_VOUCHER = ['match', 'match_by_sight', 'second_match', 'handover'];

export class Joining {
  #api;
  #path;
  #site;
  #live = null;
  #isMoving = false;
  #isMaking = false;
  #isSecondWanted = false;

  constructor(api, attempt, site) {
    this.#api = api;
    this.#path = `/api/join/attempts/${attempt}`;
    this.#site = site;
    api.onTrouble = (isDown) => {
      if (!isDown) say('back', { briefly: true });
      else say(navigator.onLine ? 'retrying' : 'offline');
    };
    window.addEventListener('offline', () => say('offline'));
    window.addEventListener('online', () => say('back', { briefly: true }));
  }

  // Follows the progress until it is over.
  async follow() {
    this.#live = new Live();
    try {
      const progress = await this.#api.get(this.#path).catch((error) => {
        // It goes on as soon as the server is there.
        if (!(error instanceof Unreachable)) throw error;
      });
      if (progress) this.#tell(progress);
      await this.#live.follow(this.#api, this.#path, (progress) => this.#tell(progress));
    } catch (error) {
      if (error instanceof Problem && [401, 404, 410].includes(error.status)) this.#site.lost();
      else this.#trouble(error);
    }
  }

  #tell(progress) {
    if (progress.stage !== 'waiting') forgetCode();
    // While the device asks, or another device is being fetched, the page stays as it is.
    if (this.#isMaking && !['bound', 'ended'].includes(progress.stage)) return;
    switch (progress.stage) {
      case 'waiting': return this.#waiting(progress);
      case 'ready': return this.#make();
      case 'verified': return this.#confirm('made');
      case 'bound': return this.#done(progress);
      default: return this.#ended(progress);
    }
  }

  #waiting(progress) {
    if (progress.contested) {
      this.#isMoving = false;
      return show('contested');
    }
    if (this.#isMoving) return undefined;
    if (!progress.code) return show('blocked');
    show('match', {
      actions: {
        move: () => this.#move(),
        digits: () => { this.#isSecondWanted = true; choose('digits', 'shown'); },
      },
      fill: (stage) => {
        showCode(stage, progress.code, this.#api.now());
        steps(stage, progress.steps);
      },
    });
    const asked = progress.steps.find((step) => step.state === 'now')?.kind ?? 'match';
    const now = progress.handed_over && BY_A_VOUCHER.includes(asked) ? 'handed_over' : asked;
    choose('kind', now);
    // Digits alone are not enough for a handover, but for a second voucher.
    const isLater = now === 'handover' && !this.#isSecondWanted;
    const later = progress.or_second ? 'offered' : 'none';
    choose('digits', isLater ? later : 'shown');
    choose('move', progress.steps.some((step) => step.state === 'done') ? 'no' : 'yes');
    return undefined;
  }

  async #move() {
    if (isBusy('move')) return;
    busy('move', true);
    try {
      const address = await this.#api.post(`${this.#path}/move`, {});
      this.#isMoving = true;
      show('move', {
        actions: { back: () => { this.#isMoving = false; this.#refresh(); } },
        fill: (stage) => {
          qr.draw(stage.querySelector('[data-qr]'), address.qr);
          offer(stage, address.url);
        },
      });
    } catch (error) {
      busy('move', false);
      this.#trouble(error);
    }
  }

  #make() {
    this.#isMoving = false;
    show('make', { actions: { make: () => this.#press('make', () => this.#create()) } });
  }

  #confirm(why) {
    show('confirm', { actions: { confirm: () => this.#press('confirm', () => this.#use()) } });
    choose('why', why);
  }

  // One press of a button that makes the device ask.
  async #press(action, act) {
    if (isBusy(action)) return;
    busy(action, true);
    choose('tried', 'no');
    choose('dropped', 'no');
    quiet();
    this.#isMaking = true;
    try {
      await act();
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.#isMaking = false;
      busy(action, false);
    }
  }

  async #create() {
    const pass = await this.#api.post(`${this.#path}/pass`, {});
    if (pass.made) return this.#confirm('made');
    let credential;
    try {
      busy('make', true, 'asking');
      credential = await passkey.create(pass.options);
      busy('make', true);
    } catch (error) {
      if (!(error instanceof passkey.AlreadyThere)) throw error;
      // The device holds one for this person: the one that waits for its second press, or else one
      // that works already.
      const progress = await this.#api.get(this.#path);
      if (progress.stage === 'verified') return this.#confirm('exists');
      return choose('tried', 'exists');
    }
    await this.#api.post(`${this.#path}/registration`, { ticket: pass.ticket, credential });
    return this.#confirm('made');
  }

  async #use() {
    const { confirm, ticket } = await this.#secondPress();
    busy('confirm', true, 'asking');
    const credential = await passkey.use(confirm);
    busy('confirm', true);
    this.#tell(await this.#api.post(`${this.#path}/bind`, { ticket, credential }));
  }

  async #secondPress() {
    const ask = () => this.#api.post(`${this.#path}/confirm`, {});
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Problem && error.type === 'step-over')) throw error;
    }
    // The minutes of the pass are over, or policy moved. With a new one the passkey need not be made anew.
    await this.#api.post(`${this.#path}/pass`, {});
    return ask();
  }

  async #failed(error) {
    if (error instanceof passkey.Cancelled) return choose('tried', 'cancelled');
    if (error instanceof Unreachable) return this.#trouble(error);
    // What devices say besides is as good as nothing: it did not work, and may the next time.
    if (!(error instanceof Problem)) return choose('tried', 'failed');
    // What the server does not take, the device should not offer.
    unknown(error.document.unknown_credential);
    switch (error.type) {
      case 'model':
      case 'model-copyable':
      case 'model-unattested':
      case 'model-reported': return this.#refused(error.type);
      case 'ceremony': return choose('tried', 'failed');
      case 'step-over': return choose('tried', 'over');
      // Something moved on meanwhile: look where we are.
      default: return this.#lookAgain();
    }
  }

  // Policy does not take this passkey. It may have taken it when it was made.
  #refused(why) {
    const wasMade = current() === 'confirm';
    this.#make();
    choose('tried', why);
    choose('dropped', wasMade ? 'yes' : 'no');
  }

  async #lookAgain() {
    const before = current();
    this.#isMaking = false;
    await this.#refresh();
    if (before === 'confirm' && current() === 'confirm') choose('tried', 'moved');
  }

  async #refresh() {
    try {
      this.#tell(await this.#api.get(this.#path));
    } catch (error) {
      if (error instanceof Problem && [401, 404, 410].includes(error.status)) this.#site.lost();
      else this.#trouble(error);
    }
  }

  #trouble(error) {
    if (error instanceof Unreachable) say(navigator.onLine ? 'retrying' : 'offline');
    else show('trouble', { actions: { again: () => location.reload() } });
  }

  async #done() {
    if (current() === 'done') return;
    this.#live?.stop();
    show('done');
    choose('receipt', 'waiting');
    try {
      const receipt = await this.#api.get(`${this.#path}/receipt`, { quietly: true });
      show('done', { actions: { receipt: () => save(receipt) } });
      choose('receipt', 'ready');
      // Nothing is left to sign for.
      await this.#site.done();
    } catch {
      choose('receipt', 'failed');
      show('done', { actions: { 'receipt-again': () => location.reload() } });
    }
  }

  #ended(progress) {
    this.#live?.stop();
    // What it had made lost (rule 11).
    unknown(progress.ended.unknown_credential);
    show('ended', { actions: { again: () => this.#site.again() } });
    choose('reason', progress.ended.reason);
    const { reason, can_begin_again: canBegin } = progress.ended;
    if (['moved', 'elsewhere'].includes(reason)) choose('again', 'done');
    // These say themselves what to do.
    else if (['reinvited', 'withdrawn', 'left'].includes(reason)) choose('again', 'said');
    else choose('again', canBegin ? 'yes' : 'no');
  }
}

function steps(stage, list) {
  const place = stage.querySelector('[data-steps]');
  const key = JSON.stringify(list);
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.replaceChildren(...list.map(({ kind, state }) => {
    const item = document.createElement('li');
    item.dataset.state = state;
    if (state === 'now') item.setAttribute('aria-current', 'step');
    const words = (name) => document.querySelector(`#words [data-say="${name}"]`).textContent;
    const hidden = document.createElement('span');
    hidden.className = 'visually-hidden';
    hidden.textContent = ` (${words(`state-${state}`)})`;
    item.append(words(`kind-${kind}`), hidden);
    return item;
  }));
}

function save(receipt) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'firstkey-receipt.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
