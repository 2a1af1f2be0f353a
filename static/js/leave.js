// Leaves the pages about stories at once: by the button, or by Escape twice. Their place in this tab's
// history goes to the page that is opened, so that Back does not return to them. From one of them to
// the next likewise: all of them together are one step.
const TWICE_MS = 1500
const leave = document.querySelector("[data-leave]")
const ours = /^\/(?:[a-z]{2}\/)?stories\//
let pressedAt = -Infinity

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]")
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey) return
  if (event.shiftKey || link.target || link.hash) return
  const isOurs = link.origin === location.origin && ours.test(link.pathname)
  if (link !== leave && !(isOurs && ours.test(location.pathname))) return
  event.preventDefault()
  go(link)
})
document.addEventListener("keydown", ({ key, timeStamp }) => {
  if (key !== "Escape") return
  if (timeStamp - pressedAt < TWICE_MS) go(leave)
  pressedAt = timeStamp
})

function go(link) {
  // The next page may be slow: nothing of this one stands there meanwhile.
  if (link === leave) document.documentElement.hidden = true
  location.replace(link.href)
}
