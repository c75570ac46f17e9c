"use strict";
// Filters what is on the page by words, day and volunteer. Everything is there without it.
(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("filter");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const all = (selector) => [...document.querySelectorAll(selector)];
  // What the words are looked for in: the text as it reads, with an end to every cell.
  const read = (element) => {
    const texts = [];
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) texts.push(walk.currentNode.data);
    return fold(texts.join(" ").replace(/\s+/g, " "));
  };
  const people = (element) => (element.dataset.people || "").split("\n");
  const trips = all("article.trip").map((element) => ({ element, text: read(element) }));
  const unmet = all(".unmet > article").map((element) => ({ element, text: read(element) }));
  const rows = all(".grid tbody tr, .load tbody tr").map((element) => ({ element, text: read(element.cells[0]) }));

  const filter = () => {
    const words = fold($("find").value).split(/\s+/).filter(Boolean);
    const day = $("day").value;
    const person = $("person").value;
    const said = (text) => words.every((word) => text.includes(word));
    const filtered = words.length > 0 || day !== "" || person !== "";

    const shown = new Set();
    for (const { element, text } of trips) {
      const fits =
        said(text) && (!day || element.dataset.day === day) && (!person || people(element).includes(person));
      element.hidden = !fits;
      if (fits) shown.add(element.id.slice("trip-".length));
    }
    // A visit that is not met has no day and nobody who drives.
    let left = 0;
    for (const { element, text } of unmet) {
      const fits = said(text) && !day && !person;
      element.hidden = !fits;
      if (fits) left += 1;
    }
    for (const element of all("[data-trip]")) element.toggleAttribute("hidden", !shown.has(element.dataset.trip));
    for (const element of all("section.day")) {
      element.hidden = element.querySelector("article.trip:not([hidden])") === null;
    }
    for (const element of all(".grid [data-day]")) element.hidden = day !== "" && element.dataset.day !== day;
    const busy = new Set(trips.filter(({ element }) => !element.hidden).flatMap(({ element }) => people(element)));
    for (const { element, text } of rows) {
      const key = element.dataset.people;
      element.hidden = (person !== "" && key !== person) || (words.length > 0 && !said(text) && !busy.has(key));
    }
    for (const element of all(".grid a.trip")) {
      element.classList.toggle("dim", !shown.has(element.hash.slice("#trip-".length)));
    }
    if ($("no-trips")) $("no-trips").hidden = shown.size > 0;
    if ($("no-unmet")) $("no-unmet").hidden = left > 0;
    $("shown").textContent = filtered
      ? `${shown.size} of ${trips.length} trips, ${left} of ${unmet.length} visits not met`
      : "";
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  form.hidden = false;
  // A browser that goes back may have kept what was filtered by.
  filter();
})();
