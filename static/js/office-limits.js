// Counts, while somebody writes, for which offices' forms their letter is too long. About right: the
// server counts the finished letter before anything is sent.
startLimits()
document.addEventListener("step:shown", startLimits)
document.addEventListener("input", ({ target }) => {
  if (target.form?.querySelector("[data-limits]")) countLimits(target.form)
})

function startLimits() {
  const limits = document.querySelector("[data-limits]")
  // What the server counted stands until something is changed.
  if (limits && !limits.hasAttribute("data-arrive")) countLimits(limits.closest("form"))
}

function countLimits(form) {
  const limits = form.querySelector("[data-limits]")
  let tooLong = 0
  for (const office of limits.querySelectorAll("li")) {
    const over = overBy(form, office)
    office.querySelector("[data-over-by]").textContent =
      over ? limits.dataset.over.replace("{over}", over.toLocaleString()) : ""
    if (over) tooLong += 1
  }
  const all = Number(limits.dataset.readers)
  const line = limits.querySelector("[data-how-many]")
  line.hidden = all < 2
  line.textContent = limits.dataset.fits.replace("{fits}", all - tooLong).replace("{all}", all)
  limits.toggleAttribute("data-near", tooLong > 0)
}

function overBy(form, office) {
  const { characters, words, around, aroundWords, box } = office.dataset
  const texts = [form.elements.own_words, document.getElementById(box), form.elements.given_name,
    form.elements.family_name].map((field) => field?.value.trim() ?? "")
  const text = texts.join(" ")
  const byCharacters = characters ? Number(around) + text.length - Number(characters) : 0
  const written = text.split(/\s+/).filter(Boolean).length
  const byWords = words ? Number(aroundWords) + written - Number(words) : 0
  return Math.max(0, byCharacters > 0 ? byCharacters : byWords)
}
