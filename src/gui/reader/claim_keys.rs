//! Keys of claims: a draft that is shown before it is stored, its cue and its sources.

use super::act::{run, say, set_focus};
use super::state::ReaderState;
use crate::gui::ctx::{ClaimDraft, InspectorTab, PanelCtx};
use crate::model::{ArticleId, Claim, Ref};
use crate::session::{Command, StanceDraft};
use crate::text::SpanSet;

/// What is pointed at: text, and the mention that it is, if it is one.
struct Pointed {
    spans: SpanSet,
    quote: String,
    mention: Option<crate::model::MentionId>,
}

impl ReaderState {
    /// Shows a claim of what is selected, or of the sentence at the caret.
    pub(super) fn new_claim(&mut self, ctx: &mut PanelCtx<'_>, article: &ArticleId) {
        let selected = self.selected();
        match ctx.session.propose_claim(article, selected.as_ref(), self.selection.caret.at) {
            Ok(Some(claim)) => {
                set_focus(ctx, None);
                self.selection.clear();
                ctx.view.link = None;
                ctx.view.draft = Some(ClaimDraft { article: article.clone(), claim });
                ctx.view.tab = InspectorTab::Claims;
            }
            Ok(None) => say(ctx, "claim-nothing"),
            Err(error) => say_text(ctx, error.to_string()),
        }
    }

    /// What is selected becomes the cue, or the mention in focus, or the cue of the list at the caret.
    pub(super) fn claim_cue(&mut self, ctx: &mut PanelCtx<'_>, article: &ArticleId) {
        let listed = || {
            let at = self.selection.caret.at;
            let cues = ctx.session.cues(article).ok()?;
            cues.iter().find(|cue| cue.spans.iter().any(|piece| piece.contains(at))).map(|cue| cue.spans.clone())
        };
        let spans = self.pointed(ctx, article).map(|pointed| pointed.spans).or_else(listed);
        let Some(spans) = spans else { return say(ctx, "claim-needs-cue") };
        if let Some(mut stance) = stance_in_focus(ctx, article) {
            stance.evidence = Some(spans);
            self.clear_selection_after(ctx.session.revision());
            return run(ctx, Command::PutStance { article: article.clone(), stance: Box::new(stance) });
        }
        let link = ctx.view.link;
        self.change_claim(ctx, article, |claim| claim.set_cue(link, spans));
    }

    /// What is selected becomes a source, or the mention in focus; another one passes it on.
    pub(super) fn claim_source(&mut self, ctx: &mut PanelCtx<'_>, article: &ArticleId) {
        let Some(pointed) = self.pointed(ctx, article) else { return say(ctx, "claim-needs-source") };
        let (source, spans) = match pointed.mention {
            Some(mention) => (Ref::Mention(mention), None),
            None => (Ref::Text(pointed.quote), Some(pointed.spans)),
        };
        if let Some(mut stance) = stance_in_focus(ctx, article) {
            stance.attributed_through.insert(0, source);
            self.clear_selection_after(ctx.session.revision());
            return run(ctx, Command::PutStance { article: article.clone(), stance: Box::new(stance) });
        }
        self.change_claim(ctx, article, |claim| claim.add_source(source, spans));
    }

    /// Opens the list from which a stance is put together; what is selected becomes its evidence.
    pub(super) fn new_stance(&mut self, ctx: &mut PanelCtx<'_>, article: ArticleId) {
        let from = ctx.view.focus.clone().filter(|focus| focus.stance().is_none());
        ctx.view.stance.reset_list();
        ctx.view.stance.draft = Some(StanceDraft::begin(article, from, self.selected()));
        self.clear_selection_after(ctx.session.revision());
    }

    fn pointed(&self, ctx: &PanelCtx<'_>, article: &ArticleId) -> Option<Pointed> {
        let set = ctx.session.set(article);
        let focus = ctx.view.mention().and_then(|id| set.mentions.get(id));
        if let (None, Some(mention)) = (self.selected(), focus) {
            let (spans, quote) = (mention.spans.clone(), mention.quote.clone());
            return Some(Pointed { spans, quote, mention: Some(mention.id.clone()) });
        }
        let spans = self.selected()?;
        let quote = spans.quote(&self.loaded.as_ref()?.article.text)?;
        let mention = set.mentions.values().find(|mention| mention.spans == spans).map(|mention| mention.id.clone());
        Some(Pointed { spans, quote, mention })
    }

    /// Changes the draft, or the claim that was in focus last.
    fn change_claim(&mut self, ctx: &mut PanelCtx<'_>, article: &ArticleId, change: impl FnOnce(&mut Claim) -> usize) {
        if let Some(draft) = &mut ctx.view.draft {
            ctx.view.link = Some(change(&mut draft.claim));
            self.selection.clear();
            return;
        }
        let stored = ctx.view.held.as_ref().and_then(|held| ctx.session.set(article).claims.get(held.claim()?));
        let Some(mut claim) = stored.cloned() else { return say(ctx, "claim-none-in-focus") };
        ctx.view.link = Some(change(&mut claim));
        self.clear_selection_after(ctx.session.revision());
        run(ctx, Command::PutClaim { article: article.clone(), claim: Box::new(claim) });
    }
}

/// The stance that U and S are about: one that stays in focus while text is selected.
fn stance_in_focus(ctx: &PanelCtx<'_>, article: &ArticleId) -> Option<crate::model::Stance> {
    ctx.session.set(article).stances.get(ctx.view.held.as_ref()?.stance()?).cloned()
}

fn say_text(ctx: &mut PanelCtx<'_>, text: String) {
    ctx.out.push(crate::gui::command::UiCommand::Toast { text, undo: false });
}
