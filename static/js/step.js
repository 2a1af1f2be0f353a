// Fetches the next step and swaps it in, keeping the reader's place. Each step is an entry of the
// browser's history, which comes back with Back and Reload: what was sent for it is kept in this tab
// for some hours, until the form is sent (static/js/typed.js fills the fields). On any trouble the
// form is simply submitted.
const SLOW_MS = 3000
const KEPT_MS = 4 * 60 * 60 * 1000
const place = document.querySelector("[data-place]")
const first = place?.firstElementChild.cloneNode(true)

if (place) arriveAtStep()
addEventListener("popstate", ({ state }) => {
  // A link within the page: still the same step.
  if (!state?.step) history.replaceState({ step: place.dataset.step }, "")
  else if (state.step !== place.dataset.step) showStep(state.step)
})

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
    const body = new URLSearchParams(new FormData(form, event.submitter)).toString()
    // A button that swaps by itself shows more of the same step, which is no step to come back to.
    await goOn(body, { stays: !form.matches("[data-swap]") })
  } catch {
    submitPlainly(form, event.submitter)
  } finally {
    clearTimeout(slow)
    delete form.dataset.busy
  }
})

// With scripts too the other language gets what is in the form.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".masthead a[hreflang]")
  const step = place?.querySelector("[data-other-language]")
  const form = step?.querySelector("form#here")
  if (!link || !form) return
  event.preventDefault()
  const made = { type: "submit", name: "step", value: step.dataset.otherLanguage, hidden: true }
  const button = Object.assign(document.createElement("button"), made, { formAction: `${link.href}#step` })
  button.dataset.plain = "yes"
  form.append(button)
  button.click()
})

function arriveAtStep() {
  const step = history.state?.step
  if (!step) history.replaceState({ step: "0" }, "")
  place.dataset.step = step ?? "0"
  if (step && step !== "0") showStep(step)
}

async function goOn(body, { stays }) {
  const { step, isWrong } = await answerTo(body)
  if (!isWrong && !stays) {
    const now = String(Date.now())
    keepStep(now, body)
    history.pushState({ step: now }, "")
    place.dataset.step = now
  }
  swapIn(step)
}

// A step that was shown before.
async function showStep(name) {
  place.dataset.step = name
  const body = recallStep(name)
  try {
    swapIn(body ? (await answerTo(body)).step : first.cloneNode(true))
  } catch {
    location.reload()
  }
}

async function answerTo(body) {
  const answer = await fetch(location.pathname + location.search, {
    method: "POST",
    body: new URLSearchParams(body),
    headers: { "X-Part": "step" },
    credentials: "same-origin",
  })
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const step = page.querySelector("[data-stage]")
  if (!step) throw new Error("no step in the answer")
  return { step, isWrong: !answer.ok }
}

function swapIn(step) {
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

function keyOf(step) {
  return `step:${place.dataset.place}:${step}`
}

// Storage may be switched off; Back then leads to the first step.
function keepStep(step, body) {
  try {
    sessionStorage.setItem(keyOf(step), body)
  } catch { /* nothing to keep it in */ }
}

function recallStep(step) {
  if (Date.now() - Number(step) > KEPT_MS) return null
  try {
    return sessionStorage.getItem(keyOf(step))
  } catch {
    return null
  }
}
