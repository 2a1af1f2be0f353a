"""A PDF with what none of ours may have: scripts, an attachment, its writer's name."""

import io

import pikepdf


def pdf(*, author="Nora Reyes", script=True):
    page = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        note = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Link, "Rect": [0, 0, 9, 9]}
        does = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(2)")
        file.pages[0].Annots = [pikepdf.Dictionary(**note, A=does, AA=pikepdf.Dictionary(E=does))]
        file.docinfo["/Author"], file.docinfo["/Title"] = author, "Wells"
        if script:
            runs = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
            file.Root.OpenAction = runs
            file.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", runs]))
            file.attachments["list.csv"] = b"secret rows"
        file.save(page, compress_streams=False)
    return page.getvalue()
