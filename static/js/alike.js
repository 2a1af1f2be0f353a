// Tells somebody whose own words are ours that offices count such letters as one. It advises and
// never blocks: to paste is how many people write.
const LEAST_SENTENCE = 25

document.addEventListener("input", ({ target }) => {
  const hint = target.name === "own_words" && target.form.querySelector("[data-alike]")
  if (!hint) return
  const statements = [...target.form.querySelectorAll("textarea[name^=statement]")]
  const ours = new Set(statements.flatMap(({ defaultValue }) => longSentences(defaultValue)))
  const theirs = longSentences(target.value)
  const same = theirs.filter((sentence) => ours.has(sentence)).length
  hint.hidden = !same || same / theirs.length < 0.5
})

function longSentences(text) {
  const plain = (part) => part.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()
  return text.split(/[.!?\n]+/).map(plain).filter((part) => part.length >= LEAST_SENTENCE)
}
