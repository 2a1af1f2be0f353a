// Counts the seats again whenever a choice changes, and what each chamber and party has of them.
// Without it, the Count button does.
const COUNTED_AFTER_MS = 250
for (const form of document.querySelectorAll("form[data-live-count]")) {
  let timer, asked = 0
  form.addEventListener("change", ({ target }) => {
    if (target.matches("[type=checkbox]")) count()
  })
  form.addEventListener("chips:changed", count)

  function count() {
    clearTimeout(timer)
    timer = setTimeout(ask, COUNTED_AFTER_MS)
  }

  async function ask() {
    const mine = ++asked
    const body = new FormData(form)
    body.set("do", "count")
    const headers = { "X-Part": "count" }
    const answer = await fetch(form.action, { method: "POST", body, headers }).catch(() => null)
    // Only the newest answer counts; a failed one leaves the last count standing.
    if (!answer?.ok || mine !== asked) return
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html")
    for (const part of parts.querySelectorAll("[data-part]")) put(part)
  }

  function put(part) {
    const name = part.dataset.part
    const place = document.getElementById(name)
      ?? form.querySelector(`[data-counted="${name}"] fieldset > div`)
    // What somebody is ticking is not taken from under their finger.
    if (!place || place.contains(document.activeElement)) return
    place.replaceChildren(...(part.querySelector("[data-part] > div") ?? part).childNodes)
  }
}
