// Offers the device's own share sheet where there is one. Without it, the links and the text beside
// it do.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) break
  button.hidden = false
  const { url, text } = button.dataset
  button.addEventListener("click", () => {
    navigator.share({ url, text }).catch(() => { /* closed without sharing */ })
  })
}
