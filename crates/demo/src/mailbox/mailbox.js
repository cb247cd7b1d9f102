// Looks for new letters and puts them on the page.
const letters = document.getElementById("letters");
const news = document.getElementById("news");

async function look() {
  const answer = await fetch("/");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("letters");
  const more = Number(found.dataset.newest) - Number(letters.dataset.newest);
  if (more === 0 || letters.contains(document.activeElement)) return;
  letters.replaceChildren(...found.childNodes);
  letters.dataset.newest = found.dataset.newest;
  news.textContent = more === 1 ? "A new letter has arrived." : "New letters have arrived.";
}

// A demo that was stopped and started again is found again.
setInterval(() => look().catch(() => {}), 2000);
