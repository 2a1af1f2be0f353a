// Beside a form at the desk, where there is room: the page as it would be with what is typed now. It is
// fetched with the form in it, saves nothing, and stands in a frame in which nothing runs or is sent.
// Without scripts, and on a narrow screen, the same button opens it as a page. Where there is no form,
// the page as it is saved.
const LOOKS_AFTER_MS = 500
const wide = matchMedia("(min-width: 1100px)")
const panel = document.querySelector("[data-preview]")
const opener = document.querySelector("[data-preview-button]")
const frame = panel?.querySelector("iframe")
let pause, fetching

if (panel) {
  wide.addEventListener("change", showPanel)
  addEventListener("resize", fitFrame)
  opener?.form.addEventListener("input", lookSoon)
  panel.addEventListener("input", lookSoon)
  panel.addEventListener("click", ({ target }) => target.matches("[aria-pressed]") && choose(target))
  showPanel()
}

function showPanel() {
  panel.hidden = !wide.matches
  if (wide.matches) look()
}

function choose(button) {
  for (const other of button.parentElement.children) {
    other.setAttribute("aria-pressed", String(other === button))
  }
  if (button.dataset.in) look()
  fitFrame()
}

function lookSoon() {
  clearTimeout(pause)
  pause = setTimeout(look, LOOKS_AFTER_MS)
}

async function look() {
  if (panel.hidden) return
  fetching?.abort()
  fetching = new AbortController()
  const { signal } = fetching
  try {
    const answer = await (opener ? fetchTyped(signal) : fetch(seenIn().dataset.url, { signal }))
    // Somebody whose session has ended is led to the sign-in page: that is no preview.
    if (!answer.ok || answer.redirected) throw new Error("no preview")
    show(await answer.text())
    away(false)
  } catch (trouble) {
    if (trouble.name !== "AbortError") away(true)
  }
}

function fetchTyped(signal) {
  const body = new FormData(opener.form)
  body.set("beside", "1")
  body.set("preview_in", seenIn()?.dataset.in ?? "")
  body.set("preview_to", panel.querySelector("[data-to]")?.value ?? "")
  return fetch(opener.formAction, { method: "POST", body, signal })
}

// The language that is looked at; a letter has one only.
function seenIn() {
  return panel.querySelector("[data-in][aria-pressed=true]")
}

function away(isAway) {
  panel.querySelector("[data-preview-away]").hidden = !isAway
}

// The first page is loaded with its styles; later only its body changes, and nothing jumps.
function show(text) {
  if (!frame.srcdoc) {
    frame.addEventListener("load", holdStill)
    frame.srcdoc = text
  } else {
    const page = new DOMParser().parseFromString(text, "text/html")
    const shown = frame.contentDocument
    shown.documentElement.lang = page.documentElement.lang
    shown.body.replaceWith(shown.adoptNode(page.body))
  }
  fitFrame()
}

// A page to look at: its links would lead away from what is typed. Of an ask, its step is seen first.
function holdStill() {
  const step = frame.contentDocument.querySelector("[data-place]")
  if (step && "atStep" in panel.dataset) {
    frame.contentWindow.scrollTo(0, step.getBoundingClientRect().top)
  }
  frame.contentDocument.addEventListener("click", (event) => {
    if (event.target.closest("a, button")) event.preventDefault()
  })
}

function fitFrame() {
  const width = Number(panel.querySelector("[data-width][aria-pressed=true]").dataset.width)
  const place = frame.parentElement
  const scale = Math.min(1, place.clientWidth / width)
  frame.style.inlineSize = `${width}px`
  frame.style.blockSize = `${place.clientHeight / scale}px`
  frame.style.transform = `scale(${scale})`
}
