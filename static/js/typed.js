// What was typed comes back with Back, Reload and the other language: kept in this tab for some
// hours, until the form is sent. The letter's own words are static/js/draft.js's; boxes that allow
// something are ticked anew.
const TYPED_FOR_MS = 4 * 60 * 60 * 1000
const WORDS = /^(subject|own_words|statement)(_\d+)?$/
const TAKEN = "input:not([type=hidden], [type=checkbox], [name=website]), select, textarea, [name^=paragraph_], [name^=answer_]"
const TICKED = ["radio", "checkbox"]
const ASKED_FROM = 18

if (document.querySelector("[data-forget-drafts]")) forgetTyped()
fillAgain()
document.addEventListener("step:shown", fillAgain)
document.addEventListener("input", ({ target }) => target.form && keepTyped(target.form))
document.addEventListener("submit", ({ target }) => keepTyped(target))

function keepTyped(form) {
  const place = form.closest("[data-place]")
  if (!place) return
  const values = { ...typedIn(place) }
  for (const field of typedFields(form)) {
    if (field.type === "checkbox") values[keptAs(field)] = field.checked ? field.value : ""
    else if (field.type !== "radio" || field.checked) values[field.name] = field.value
  }
  if (Number.parseInt(values.age, 10) < ASKED_FROM) forgetAnswers(values)
  try {
    sessionStorage.setItem(`typed:${place.dataset.place}`, JSON.stringify({ at: Date.now(), values }))
  } catch { /* nothing to keep it in */ }
}

function fillAgain() {
  const place = document.querySelector("[data-place]")
  if (!place) return
  // A child's answer leaves nothing behind.
  if (place.querySelector("[data-stage=child]")) { forgetTyped(); return }
  const values = typedIn(place)
  for (const field of typedFields(place)) {
    const key = keptAs(field)
    if (!(key in values)) continue
    if (TICKED.includes(field.type)) field.checked = field.value === values[key]
    else field.value = values[key]
  }
}

// The choices of one question have one name.
function keptAs({ type, name, value }) {
  return type === "checkbox" ? `${name}=${value}` : name
}

// An organizer's questions are for adults alone.
function forgetAnswers(values) {
  for (const key of Object.keys(values)) if (key.startsWith("answer_")) delete values[key]
}

function typedFields(part) {
  return [...part.querySelectorAll(TAKEN)].filter(({ name }) => name && !WORDS.test(name))
}

function typedIn(place) {
  try {
    const { at, values } = JSON.parse(sessionStorage.getItem(`typed:${place.dataset.place}`))
    return Date.now() - at < TYPED_FOR_MS ? values : {}
  } catch {
    return {}
  }
}

function forgetTyped() {
  try {
    const kept = Object.keys(sessionStorage).filter((name) => /^(typed|step):/.test(name))
    for (const name of kept) sessionStorage.removeItem(name)
  } catch { /* nothing was kept */ }
}
