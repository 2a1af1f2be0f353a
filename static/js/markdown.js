// Beside each Markdown field at the desk, its text as people will read it: drawn by the server with
// what draws the public pages, a moment after the last key. Nothing is saved by it.
const READS_AFTER_MS = 400

document.querySelectorAll("[data-markdown]").forEach(readBeside)

function readBeside(place) {
  const field = place.querySelector("textarea")
  const seen = place.querySelector("[data-markdown-seen]")
  const text = seen.querySelector("[data-markdown-text]")
  let pause, fetching
  field.addEventListener("input", () => {
    clearTimeout(pause)
    pause = setTimeout(look, READS_AFTER_MS)
  })
  // Its links would lead away from what is typed.
  text.addEventListener("click", (event) => event.target.closest("a") && event.preventDefault())
  look()

  async function look() {
    fetching?.abort()
    fetching = new AbortController()
    seen.hidden = !field.value.trim()
    if (seen.hidden) return
    const body = new FormData()
    body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value)
    body.set("markdown_of", "text")
    body.set("text", field.value)
    const asked = { method: "POST", body, signal: fetching.signal, headers: { "X-Part": "markdown" } }
    try {
      const answer = await fetch(place.dataset.markdown, asked)
      if (!answer.ok || answer.redirected) throw new Error("no preview")
      text.innerHTML = await answer.text()
      away(false)
    } catch (trouble) {
      if (trouble.name !== "AbortError") away(true)
    }
  }

  function away(isAway) {
    seen.querySelector("[data-markdown-away]").hidden = !isAway
  }
}
