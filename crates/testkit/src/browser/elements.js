// Where an element is, and whether a person could press it. `text=…` names what is read as such.
(locator) => {
  const pressable = 'button, a[href], label, summary, option, [role=button], input[type=submit]';
  const reads = (element, text) => (element.innerText ?? element.value ?? '').trim() === text;
  const isVisible = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
  };
  const all = locator.startsWith('text=')
    ? [...document.querySelectorAll(pressable)].filter((element) => reads(element, locator.slice(5)))
    : [...document.querySelectorAll(locator)];
  if (all.length === 0) return { state: 'nothing matches' };
  const element = all.find(isVisible);
  if (!element) return { state: 'what matches is hidden' };
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const hit = document.elementFromPoint(x, y);
  const found = { x, y, text: element.innerText ?? '', state: 'ready' };
  if (element.matches(':disabled')) return { ...found, state: 'what matches is disabled' };
  if (hit && hit !== element && !element.contains(hit) && !hit.closest('label')?.contains(element)) {
    const cover = hit.cloneNode(false).outerHTML.slice(0, 120);
    return { ...found, state: `what matches is covered by ${cover}` };
  }
  return found;
}
