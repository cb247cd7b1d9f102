// Views are <template>s that the server has written in the reader's language. Nothing here makes
// HTML from text: slots take text only.

const stage = document.getElementById('stage');
const status = document.getElementById('status');

let shown = null;

// Shows a view, or only fills it again when it is the one that is shown.
export function show(name, { slots = {}, actions = {}, fill } = {}) {
  if (shown !== name) {
    const view = document.getElementById(`view-${name}`).content.cloneNode(true);
    const isFirst = shown === null;
    stage.replaceChildren(view);
    shown = name;
    const heading = stage.querySelector('h1');
    heading.tabIndex = -1;
    document.title = heading.textContent;
    // The first view is where the reader already is.
    if (!isFirst) {
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }
  for (const [slot, text] of Object.entries(slots)) {
    for (const element of stage.querySelectorAll(`[data-slot="${slot}"]`)) {
      element.hidden = text === null;
      if (element.textContent !== (text ?? '')) element.textContent = text ?? '';
    }
  }
  for (const [action, act] of Object.entries(actions)) {
    for (const element of stage.querySelectorAll(`[data-action="${action}"]`)) element.onclick = act;
  }
  fill?.(stage);
}

// What the server has already written is a view like any other.
export function adopt(name) {
  shown = name;
}

export function current() {
  return shown;
}

// Shows exactly one of the texts that a view holds for different cases.
export function choose(group, choice) {
  for (const element of stage.querySelectorAll(`[data-case-of="${group}"]`)) {
    element.hidden = !element.dataset.case.split(' ').includes(choice);
  }
}

// A button that cannot be pressed while it works; focus stays where it is. `words` says which of the
// button's words tell what it does meanwhile.
export function busy(action, isBusy, words = 'busy') {
  for (const button of stage.querySelectorAll(`button[data-action="${action}"]`)) {
    button.setAttribute('aria-disabled', String(isBusy));
    if (!button.dataset.idle) button.dataset.idle = button.textContent;
    button.textContent = isBusy ? (button.dataset[words] ?? button.dataset.idle) : button.dataset.idle;
  }
}

export function isBusy(action) {
  return stage.querySelector(`button[data-action="${action}"]`)?.getAttribute('aria-disabled') === 'true';
}

const BRIEFLY = 6000;
let silence;

// Says something to everybody, also to those who listen. The words stand in the page: data-say.
export function say(name, { extra = '', briefly = false } = {}) {
  const words = document.querySelector(`#words [data-say="${name}"]`)?.textContent ?? '';
  clearTimeout(silence);
  status.textContent = `${words} ${extra}`.trim();
  if (briefly) silence = setTimeout(quiet, BRIEFLY);
}

export function quiet() {
  status.textContent = '';
}
