// What somebody ticked to keep on this device: who they are, so that the next ask is a press, and the
// letter that they are writing. Neither is sent anywhere; both end by themselves. Where the age is
// asked nothing is offered before it, and an age under 18 deletes both.
const ME_FOR_MS = 180 * 24 * 60 * 60 * 1000
const LETTER_FOR_MS = 7 * 24 * 60 * 60 * 1000
const ME = ["street", "city", "zip", "state", "country", "prefix", "given_name", "family_name", "email", "phone"]
const LETTER = /^(subject|own_words|statement)(_\d+)?$/
const ADULT = 18

offerDevice()
document.addEventListener("step:shown", offerDevice)
document.addEventListener("input", ({ target }) => {
  if (target.name === "age") judgeAge(target, false)
  if (LETTER.test(target.name) && ticked("letter")) keepLetter(target.form)
})
document.addEventListener("change", ({ target }) => {
  if (target.name === "age") judgeAge(target, true)
  if (!target.dataset?.onDevice) return
  if (target.dataset.onDevice === "me") target.checked ? keepMe(target.form) : forgetMe()
  else target.checked ? keepLetter(target.form) : forgetLetters()
})
document.addEventListener("submit", ({ target }) => {
  const age = target.elements.age
  if (age && age.type !== "hidden") judgeAge(age, true)
  else if (ticked("me", target)) keepMe(target)
})
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("[data-not-you]")) return
  forgetMe()
  for (const field of fieldsNamed(document, ME)) field.value = ""
  for (const line of document.querySelectorAll("[data-known]")) line.hidden = true
  fieldsNamed(document, ME)[0]?.focus()
})
if (document.querySelector("[data-forget-drafts]")) forgetLetters()

function offerDevice() {
  const step = document.querySelector("[data-stage]")
  if (!step) return
  if (step.dataset.stage === "child") { forgetMe(); forgetLetters() }
  const age = step.querySelector("input[name=age]:not([type=hidden])")
  if (age) judgeAge(age, false)
  else if (step.dataset.stage === "address") fillMe(step)
  const offer = step.querySelector("[data-device]")
  if (!offer) return
  offer.hidden = false
  fillMe(step)
  const letter = readDevice(`letter:${step.querySelector("form[data-draft]")?.dataset.draft}`)
  offer.querySelector("[data-on-device=me]").checked = Boolean(readDevice("me"))
  const box = offer.querySelector("[data-on-device=letter]")
  if (!box || !letter) return
  box.checked = true
  // This tab's own words are newer, and put in after these (static/js/draft.js).
  for (const field of letterFields(step)) field.value = letter[field.name] ?? field.value
}

// Half a number is no age: "1" may become "15" or "18".
function judgeAge(field, isDone) {
  const age = Number.parseInt(field.value, 10)
  if (age >= ADULT) fillMe(field.form)
  else if (isDone && age >= 0) { forgetMe(); forgetLetters() }
}

function fillMe(part) {
  const me = readDevice("me")
  if (!me) return
  let filled = false
  for (const field of fieldsNamed(part, ME)) {
    if (!me[field.name] || (field.value && field.tagName !== "SELECT")) continue
    field.value = me[field.name]
    filled = true
  }
  const line = document.querySelector("[data-known]")
  if (!filled || !line) return
  line.querySelector("[data-known-name]").textContent = [me.given_name, me.family_name].join(" ")
  line.hidden = false
}

function fieldsNamed(part, names) {
  const found = [...part.querySelectorAll("input:not([type=hidden]), select, textarea")]
  return found.filter(({ name }) => names.includes(name))
}

function letterFields(part) {
  const found = [...part.querySelectorAll("input:not([type=hidden]), textarea")]
  return found.filter(({ name }) => LETTER.test(name))
}

function ticked(what, part = document) {
  return part.querySelector(`[data-on-device=${what}]`)?.checked
}

function keepMe(form) {
  const values = Object.fromEntries(ME.map((name) => [name, new FormData(form).getAll(name).pop()]))
  writeDevice("me", values, ME_FOR_MS)
}

function keepLetter(form) {
  const values = Object.fromEntries(letterFields(form).map(({ name, value }) => [name, value]))
  writeDevice(`letter:${form.dataset.draft}`, values, LETTER_FOR_MS)
}

function writeDevice(name, values, forMs) {
  try {
    localStorage.setItem(name, JSON.stringify({ until: Date.now() + forMs, values }))
  } catch { /* nothing to keep it in */ }
}

function readDevice(name) {
  try {
    const { until, values } = JSON.parse(localStorage.getItem(name))
    if (until > Date.now()) return values
    localStorage.removeItem(name)
  } catch { /* nothing was kept */ }
  return null
}

function forgetMe() {
  try { localStorage.removeItem("me") } catch { /* nothing was kept */ }
}

function forgetLetters() {
  try {
    const kept = Object.keys(localStorage).filter((name) => name.startsWith("letter:"))
    for (const name of kept) localStorage.removeItem(name)
  } catch { /* nothing was kept */ }
}
