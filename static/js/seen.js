// Says once that somebody looks at this page: which ask, and the code of the link that led here. No
// cookie goes along and nothing is remembered; who asks not to be tracked is not counted.
const page = document.querySelector("[data-seen]")
const asksNotTo = navigator.globalPrivacyControl || navigator.doNotTrack === "1"

if (page && !asksNotTo && !navigator.webdriver) {
  if (document.visibilityState === "visible") tellSeen()
  else document.addEventListener("visibilitychange", tellSeen, { once: true })
}

function tellSeen() {
  const url = page.dataset.seen + location.search
  const body = new URLSearchParams({ ask: page.dataset.place })
  // As navigator.sendBeacon does it, but without cookies.
  fetch(url, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {})
}
