// Brings a page's live count up to date while somebody looks at it. Without it, the count is
// the page's own.
const EVERY_MS = 15000
const language = `${document.documentElement.lang}-US`
const written = new Intl.NumberFormat(language, { useGrouping: "always" })

for (const place of document.querySelectorAll("[data-count-url]")) {
  setInterval(() => recount(place), EVERY_MS)
}

async function recount(place) {
  if (document.hidden) return
  const answer = await fetch(place.dataset.countUrl).catch(() => null)
  if (!answer?.ok) return
  const count = await answer.json()
  for (const part of place.querySelectorAll("[data-count]")) {
    const name = part.dataset.count
    if (name in count) part.textContent = written.format(count[name])
  }
  const bar = place.querySelector("[data-count-bar]")
  if (bar) Object.assign(bar, { max: count.goal, value: count.total })
}
