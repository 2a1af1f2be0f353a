// Minutes and seconds until something is over. The server's number of minutes stands without it.
const TICK_MS = 1000
for (const place of document.querySelectorAll("[data-seconds-left]")) {
  // By the page's own time since it was made, so that a wrong clock here shows nothing wrong.
  const from = performance.now()
  const show = () => {
    const gone = Math.floor((performance.now() - from) / TICK_MS)
    const left = Math.max(0, Number(place.dataset.secondsLeft) - gone)
    place.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
    if (left) setTimeout(show, TICK_MS)
  }
  show()
}
