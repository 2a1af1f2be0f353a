// Keeps the part of the page that has data-refresh (milliseconds) and an id fresh while work goes
// on behind it. Without it, the page reloads by itself.
const part = () => document.querySelector("[data-refresh]")
const askLater = () => part() && setTimeout(refresh, Number(part().dataset.refresh))

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = page.getElementById(part().id)
    if (answer.ok && fresh) part().replaceWith(fresh)
  } finally {
    askLater()
  }
}
askLater()
