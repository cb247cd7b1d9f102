// What the server says to a script is in the language of the page, which its reader may have chosen.

export function spoken(headers) {
  return { ...headers, 'accept-language': document.documentElement.lang };
}
