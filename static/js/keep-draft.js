// Keeps a form of the desk on the server as its author's draft while they type: after a pause, or
// fifteen seconds of typing, and when the page is left. Without it the button "Save draft" does; with
// it that button goes.
const DRAFT_QUIET_MS = 1500, DRAFT_MOST_MS = 15000, DRAFT_LEAST_MS = 5000
const DRAFT_AGAIN_MS = 20000, DRAFT_PATIENCE_MS = 3000
// A browser sends no more than 64 kB from a page that is gone.
const DRAFT_AT_LEAVING = 60000
for (const button of document.querySelectorAll("[data-keep-draft]")) keepAsDraft(button)

function keepAsDraft(button) {
  const { form } = button, line = form.querySelector("[data-draft-line]")
  // A form that came back with faults is kept as it stands, an untouched one not at all.
  let kept = button.dataset.keepDraft === "unkept" ? "" : typed()
  let timer, sentAt = 0, typingSince = 0, underway = null, isOver = false
  button.hidden = true
  if (!kept) soon()
  form.addEventListener("input", soon)
  form.addEventListener("change", soon)
  form.addEventListener("chips:changed", soon)
  document.addEventListener("visibilitychange", () => document.hidden && keep())
  addEventListener("pagehide", keep)
  addEventListener("pageshow", () => { isOver = false })
  form.addEventListener("submit", (event) => {
    clearTimeout(timer)
    isOver = true
    // A draft that arrived after its form was saved would be offered as something new.
    if (!underway || event.defaultPrevented) return
    event.preventDefault()
    const patience = new Promise((done) => setTimeout(done, DRAFT_PATIENCE_MS))
    Promise.race([underway, patience]).then(() => {
      underway = null
      form.requestSubmit(event.submitter)
    })
  })

  function typed() {
    const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string")
    return new URLSearchParams(pairs).toString()
  }

  function soon() {
    const now = Date.now()
    typingSince ||= now
    const pause = Math.min(DRAFT_QUIET_MS, typingSince + DRAFT_MOST_MS - now)
    clearTimeout(timer)
    timer = setTimeout(keep, Math.max(pause, sentAt + DRAFT_LEAST_MS - now))
  }

  function keep() {
    clearTimeout(timer)
    const body = typed()
    if (isOver || body === kept) return
    if (underway) { soon(); return }
    sentAt = Date.now()
    typingSince = 0
    underway = send(body).then(() => { underway = null })
  }

  async function send(body) {
    const headers = { "X-Part": "draft", "Content-Type": "application/x-www-form-urlencoded" }
    const options = { method: "POST", body, headers, keepalive: body.length < DRAFT_AT_LEAVING }
    const answer = await fetch(button.formAction, options).catch(() => null)
    if (answer?.ok) kept = body
    if (answer?.status === 401 || answer?.status === 403) line.textContent = line.dataset.signedOut
    else if (answer && answer.status < 500) line.textContent = await answer.text()
    else { line.textContent = line.dataset.failed; timer = setTimeout(keep, DRAFT_AGAIN_MS) }
  }
}
