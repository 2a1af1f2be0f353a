// Fetches the next step and swaps it in, keeping the reader's place. On any trouble the form is
// simply submitted.
const SLOW_MS = 3000
const place = document.querySelector("[data-place]")

place?.addEventListener("submit", async (event) => {
  const form = event.target
  const swaps = form.matches("[data-swap]") || event.submitter?.matches("[data-swap]")
  if (!swaps || event.submitter?.dataset.plain) return
  event.preventDefault()
  if (form.dataset.busy) return
  form.dataset.busy = "yes"
  const sayWeLook = () => form.querySelector("[data-slow]")?.removeAttribute("hidden")
  const slow = setTimeout(sayWeLook, SLOW_MS)
  try {
    await swap(form, event.submitter)
  } catch {
    submitPlainly(form, event.submitter)
  } finally {
    clearTimeout(slow)
    delete form.dataset.busy
  }
})

async function swap(form, submitter) {
  const answer = await fetch(location.pathname + location.search, {
    method: "POST",
    body: new URLSearchParams(new FormData(form, submitter)),
    headers: { "X-Part": "step" },
    credentials: "same-origin",
  })
  if (answer.redirected) { location.assign(answer.url); return }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const step = page.querySelector("[data-stage]")
  if (!step) throw new Error("no step in the answer")
  place.replaceChildren(step)
  // To what was asked for, where that is not the step's beginning.
  const arrived = step.querySelector("[data-arrive]")
  const start = arrived ?? place
  start.scrollIntoView({ block: "start" })
  const heading = arrived ?? step.querySelector("h2")
  heading?.focus({ preventScroll: true })
  document.dispatchEvent(new CustomEvent("step:shown"))
}

function submitPlainly(form, submitter) {
  // form.submit() leaves out the button that was pressed.
  if (submitter?.name) {
    const { name, value } = submitter
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }))
  }
  form.submit()
}
