// Keeps the letter's text in this tab until it is sent: never a name, an address or anything else.
// A letter in versions has several of each.
const KEPT = /^(subject|own_words|statement)(_\d+)?$/

restore()
document.addEventListener("step:shown", restore)
document.addEventListener("input", ({ target }) => {
  const form = target.form?.closest("[data-draft]")
  if (form && KEPT.test(target.name)) remember(key(form, target.name), target.value)
})
if (document.querySelector("[data-forget-drafts]")) forgetDrafts()

function restore() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    for (const field of form.elements) {
      const text = KEPT.test(field.name) && recall(key(form, field.name))
      if (text) field.value = text
    }
  }
}

function key(form, name) {
  return `draft:${form.dataset.draft}:${name}`
}

// Storage may be switched off; a letter is then kept by the page alone.
function remember(name, text) {
  try {
    sessionStorage.setItem(name, text)
  } catch { /* nothing to keep it in */ }
}

function recall(name) {
  try {
    return sessionStorage.getItem(name)
  } catch {
    return null
  }
}

function forgetDrafts() {
  try {
    const drafts = Object.keys(sessionStorage).filter((name) => name.startsWith("draft:"))
    for (const name of drafts) sessionStorage.removeItem(name)
  } catch { /* nothing was kept */ }
}
