// Counts the seats again whenever a tick changes. Without it, the Count button does.
const PAUSE_MS = 250
for (const form of document.querySelectorAll("form[data-live-count]")) {
  const place = document.getElementById(form.dataset.liveCount)
  let timer, asked = 0
  form.addEventListener("change", () => {
    clearTimeout(timer)
    timer = setTimeout(count, PAUSE_MS)
  })

  async function count() {
    const mine = ++asked
    const body = new FormData(form)
    body.set("do", "count")
    const headers = { "X-Part": "count" }
    const answer = await fetch(form.action, { method: "POST", body, headers }).catch(() => null)
    // Only the newest answer counts; a failed one leaves the last count standing.
    if (answer?.ok && mine === asked) place.innerHTML = await answer.text()
  }
}
