// Fills in how many people a list has: counting takes longer than the first page of them.
const counted = document.querySelector("[data-how-many]")
if (counted) fillIn()

async function fillIn() {
  const answer = await fetch(counted.dataset.howMany, { headers: { Accept: "text/html" } })
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const said = page.getElementById("how-many")
  if (said) counted.textContent = said.textContent
}
