// Without a network one is still at home: the header and the five places come from the page that is kept of one's own.
// Who has signed out keeps none, and is shown none. The page that was asked for opens once there is a network.
const showMine = async () => {
  const mine = await caches.open("mine");
  const [kept] = await mine.keys();
  if (!kept) return;
  const page = new DOMParser().parseFromString(await (await mine.match(kept)).text(), "text/html");
  document.documentElement.className = `${page.documentElement.className} js offline`;
  document.body.className = page.body.className;
  document.querySelector("header").replaceWith(page.querySelector("header"), page.querySelector("nav.places") ?? "");
  document.getElementById("still-in").hidden = false;
};

showMine();
addEventListener("online", () => location.reload());
