// A petition in one step: the form's key, which no cached page holds, is fetched, and both steps stand
// on one page. Without it, or on any trouble, there are two. A child's name and mailbox are not sent.
const CHILD = 13
const GROWN = 18

showTogether()
document.addEventListener("step:shown", showTogether)
document.addEventListener("input", ({ target }) => target.name === "age" && showAdults(target.form))
document.addEventListener("submit", (event) => {
  const form = event.target
  const age = form.matches("[data-together]") && form.elements.age
  if (!age || !(Number.parseInt(age.value, 10) < CHILD)) return
  form.querySelector("[data-person]").disabled = true
  if (event.submitter) event.submitter.value = "address"
}, true)

async function showTogether() {
  const step = document.querySelector("[data-stage=address][data-one-step]")
  const form = document.querySelector("form[data-together]")
  if (form) showAdults(form)
  if (!step || step.querySelector("[data-errors]")) return
  const body = new URLSearchParams({ step: "together" })
  const headers = { "X-Part": "step" }
  const answer = await fetch(location.pathname, { method: "POST", body, headers }).catch(() => null)
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const whole = page.querySelector("[data-stage=together]")
  if (!whole || !step.isConnected) return
  const typing = step.contains(document.activeElement) && document.activeElement.name
  // The first name comes unseen, by a personal link.
  for (const field of step.querySelectorAll("input:not([type=hidden]), select, [name=given_name]")) {
    const same = whole.querySelector(`[name="${field.name}"]`)
    if (same && field.value) same.value = field.value
  }
  step.replaceWith(whole)
  if (typing) whole.querySelector(`[name="${typing}"]`)?.focus()
  document.dispatchEvent(new CustomEvent("step:shown"))
}

function showAdults(form) {
  const part = form.querySelector("[data-adults]")
  if (!part || !form.elements.age) return
  // Disabled, too: what was typed there before another age is not sent.
  part.hidden = part.disabled = !(Number.parseInt(form.elements.age.value, 10) >= GROWN)
}
