// Draws a QR code, which comes as the path of its dark squares.

const SVG = 'http://www.w3.org/2000/svg';

export function draw(place, { size, path }) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('class', 'qr');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', place.dataset.label);
  const dark = document.createElementNS(SVG, 'path');
  dark.setAttribute('d', path);
  svg.append(dark);
  place.replaceChildren(svg);
}
