// A link that can be copied: the accessible side of every picture of a link.

import { choose } from './views.js';

export function offer(stage, url) {
  const field = stage.querySelector('[data-link]');
  const button = stage.querySelector('[data-action="copy"]');
  field.value = url;
  field.onfocus = () => field.select();
  button.onclick = async () => {
    const copied = await navigator.clipboard?.writeText(url).then(() => true, () => false) ?? false;
    if (!copied) field.select();
    choose('copied', copied ? 'yes' : 'no');
  };
}
