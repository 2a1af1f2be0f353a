"""Axe, which tells what people with other eyes, hands or ears would stumble over."""

from axe_playwright_python.sync_playwright import Axe

WIDTHS = [390, 1280]
SCRIPT = Axe().axe_script
# Contrast is half of axe's work, and console and site are built of the same parts. So it is looked
# at on text that is new to this process: with another colour, size or weight, or inside other
# elements, classes, backgrounds or another width than any text that was looked at before.
# Only what axe objects to comes back: all that it found good would take longer to tell than to find.
RUN = """async ([known, options]) => {
    const seen = new Set(known), fresh = new Set(), chains = new Map()
    const short = (text) => {
        let [a, b] = [0xdeadbeef, 0x41c6ce57]
        for (let n = 0; n < text.length; n++) {
            a = Math.imul(a ^ text.charCodeAt(n), 2654435761)
            b = Math.imul(b ^ text.charCodeAt(n), 1597334677)
        }
        return 4294967296 * (2097151 & (b ^ (a >>> 13))) + ((a ^ (b >>> 16)) >>> 0)
    }
    const chain = (one) => {
        if (!one) return innerWidth
        if (chains.has(one)) return chains.get(one)
        const it = getComputedStyle(one)
        const looks = [it.backgroundColor, it.backgroundImage, it.opacity, it.position, it.filter]
        const name = `${one.tagName}.${one.getAttribute("class") ?? ""}.${one.disabled ?? ""}`
        const made = short(`${chain(one.parentElement)} ${name} ${looks}`)
        chains.set(one, made)
        return made
    }
    for (const one of document.body.querySelectorAll("*")) {
        const says = one.matches("input, select, textarea") || [...one.childNodes].some(
            (node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
        if (!says || !one.checkVisibility({ visibilityProperty: true })) continue
        const it = getComputedStyle(one)
        const looks = [it.color, it.fontSize, it.fontWeight, it.textShadow, it.webkitTextFillColor]
        const key = short(`${chain(one)} ${looks}`)
        if (seen.has(key)) continue
        fresh.add(key)
        one.setAttribute("data-new-text", "")
    }
    axe.configure({ rules: [{ id: "color-contrast", selector: "[data-new-text]" }] })
    const found = await axe.run(options)
    for (const one of document.querySelectorAll("[data-new-text]")) one.removeAttribute("data-new-text")
    return [found.violations, [...fresh]]
}"""
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
seen = set()


def flaws(page):
    """What axe objects to on the page as it stands, in a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found, fresh = page.evaluate(RUN, [list(seen), OPTIONS])
    if not any(flaw["id"] == "color-contrast" for flaw in found):
        seen.update(fresh)
    return [
        f"{page.url}: {flaw['id']}: {node['html'][:140]}"
        for flaw in found
        for node in flaw["nodes"]
    ]
