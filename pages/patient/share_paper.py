"""The same page on paper, for a therapist without an account: chosen here, seen here, saved as a PDF."""

from kapjournal.exports.summary import summary_pdf
from kapjournal.language import _
from kapjournal.sharing.paper import paper, save_paper
from pages.parts import browser, confirming, fields, nav, share_draft, signed_in, summary_page
from pages.parts.share_draft import Draft

DRAFT = "kapjournal.share_paper"


def pdf() -> browser.File:
    """Made when it is asked for; the log says so."""
    it = share_draft.present(DRAFT)
    shown = save_paper(
        signed_in.work(),
        by=signed_in.by(),
        scope=it.scope,
        content=signed_in.content(),
        now=signed_in.now(),
        **it.words,
    )
    made = summary_pdf(shown)
    note = "" if made.complete else _("Some characters could not be printed in it.")
    return browser.File(f"summary-{shown.day}.pdf", "application/pdf", made.content, note)


def page(it: Draft) -> None:
    """The last screen: what the paper says."""
    work, by, now = signed_in.work(), signed_in.by(), signed_in.now()
    fields.heading(
        _("Your page on paper"),
        _("Whoever has the paper can read it. It needs no account and no passphrase."),
    )
    if confirming.confirmed():
        browser.download(key="paper", label=_("Save as a PDF"), make=pdf)
    summary_page.draw(paper(work, by=by, scope=it.scope, content=signed_in.content(), now=now, **it.words))
    share_draft.back(it)


def draw() -> None:
    it = share_draft.present(DRAFT)
    steps = [share_draft.what(), share_draft.since(), share_draft.entries(), share_draft.said(named=True)]
    if it.at < len(steps):
        share_draft.screen(it, steps)
    else:
        page(it)
    nav.link("share", _("Back to sharing"))


draw()
