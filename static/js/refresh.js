// Keeps a part of the page fresh while work goes on behind it. Without it, the page reloads by
// itself.
const part = () => document.querySelector("[data-refresh]")
const askLater = () => part() && setTimeout(refresh, Number(part().dataset.refresh))

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = page.querySelector("main .panel")
    if (answer.ok && fresh) part().replaceWith(fresh)
  } finally {
    askLater()
  }
}
askLater()
