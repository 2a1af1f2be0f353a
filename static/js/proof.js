// While more comes than people send, the server asks a browser for a short calculation. It is fetched
// when somebody begins to type, or meets their form again, and done in a worker meanwhile; the form
// never waits for it. What is sent without it is looked at by a person.
const ASK_AGAIN_MS = 60 * 1000
const RENEW_MS = 20 * 60 * 1000

for (const sign of ["input", "focusin"]) document.addEventListener(sign, begin)
document.addEventListener("step:shown", beginAgain)
beginAgain()
addEventListener("pageshow", ({ persisted }) => {
  // Back from what was sent: a calculation counts once.
  if (persisted) document.querySelectorAll("form[data-proof]").forEach(forget)
})

// A form that is filled already may be sent without another key.
function beginAgain() {
  const form = document.querySelector("form[data-proof]")
  if (form?.elements.email?.value) begin({ target: form })
}

async function begin({ target }) {
  const form = target.closest?.("form[data-proof]")
  // Browsers calculate only where the connection is safe.
  if (!form || !globalThis.crypto?.subtle || Date.now() < Number(form.dataset.askAfter ?? 0)) return
  form.dataset.askAfter = Date.now() + ASK_AGAIN_MS
  try {
    const answer = await fetch(form.dataset.proof, {
      method: "POST",
      body: new URLSearchParams({ token: form.elements.token.value }),
      credentials: "same-origin",
    })
    if (answer.status === 200) calculate(form, await answer.json())
  } catch { /* asked again in a minute */ }
}

function calculate(form, challenge) {
  form.dataset.askAfter = Date.now() + RENEW_MS
  say(form, "working")
  const worker = new Worker(form.dataset.worker)
  worker.onmessage = ({ data: solution }) => {
    field(form).value = btoa(JSON.stringify({ challenge, solution }))
    worker.terminate()
    say(form, "done")
  }
  worker.postMessage(challenge.parameters)
}

function field(form) {
  const made = { type: "hidden", name: "proof" }
  return form.elements.proof ?? form.appendChild(Object.assign(document.createElement("input"), made))
}

function say(form, stage) {
  for (const line of form.querySelectorAll("[data-proof-line]")) {
    line.hidden = line.dataset.proofLine !== stage
  }
}

function forget(form) {
  delete form.dataset.askAfter
  form.elements.proof?.remove()
  say(form, "")
}
