//! The list of findings: rows that jump to their place, a field for the reason of a dismissal, and a last row behind
//! which what was dismissed stands.

use egui::accesskit::Role;
use egui::{Key, Response, Sense, Ui, vec2};

use super::{PAD, row};
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{Pane, PanelCtx};
use crate::gui::i18n::{Arg, I18n};
use crate::gui::theme::{Cut, TextRole, middle_of};
use crate::gui::widgets::{ButtonKind, Field, FieldOptions, Icon, announce, paint_icon, text_field_has_keyboard};
use crate::model::{ArticleId, Finding, FindingKey, Severity};
use crate::session::{Checks, Command};

/// More rows than this help nobody; deciding some brings up the next.
const SHOWN: usize = 200;

/// The chosen row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Chosen {
    /// A finding, wherever it is listed.
    Finding(Box<Finding>),
    /// The row that unfolds what was dismissed.
    Fold,
}

/// Drafts of the list.
#[derive(Debug, Default)]
pub struct FindingsState {
    chosen: Option<Chosen>,
    /// The reason that is being written, for the chosen finding.
    draft: Option<Field>,
    /// The field of the reason takes the keyboard in the next frame.
    focus_draft: bool,
    /// What was dismissed is shown.
    unfolded: bool,
    /// The chosen row is scrolled to in the next frame.
    reveal: bool,
    told: Option<Told>,
}

/// Sentences of the findings, told once for each state and language.
#[derive(Debug)]
struct Told {
    key: (u64, ArticleId, crate::gui::i18n::Language, String),
    open: Vec<String>,
    /// With the reason, and both as one sentence for screen readers.
    dismissed: Vec<(String, String, String)>,
}

impl FindingsState {
    /// Lets go of the chosen finding.
    pub fn let_go(&mut self) {
        (self.chosen, self.draft) = (None, None);
    }

    /// Opens the field for the reason why the chosen finding is dismissed; answers whether one is chosen that stands.
    pub fn begin_dismissal(&mut self, checks: &Checks) -> bool {
        let Some(Chosen::Finding(finding)) = &self.chosen else { return false };
        if !checks.open.contains(finding) {
            return false;
        }
        self.draft.get_or_insert_with(|| Field::one_line(""));
        self.focus_draft = true;
        true
    }

    /// Chooses the first finding, where none is chosen.
    pub fn choose_first(&mut self, checks: &Checks) {
        if !matches!(&self.chosen, Some(Chosen::Finding(finding)) if checks.open.contains(finding)) {
            self.chosen = checks.listed().next().map(|finding| Chosen::Finding(Box::new(finding.clone())));
            self.reveal = true;
        }
    }
}

/// One row of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Open(usize),
    Fold,
    Dismissed(usize),
}

/// What stands before a row.
#[derive(Clone, Copy, Debug)]
pub enum Sign {
    /// How much a finding matters.
    Severity(Severity),
    /// Whether rows behind it are shown.
    Fold(bool),
    /// A note.
    Dismissed,
}

/// The rows that are listed.
struct List<'a> {
    open: Vec<&'a Finding>,
    dismissed: &'a [(Finding, String)],
    entries: Vec<Entry>,
}

impl<'a> List<'a> {
    fn new(checks: &'a Checks, unfolded: bool) -> Self {
        let open: Vec<&Finding> = checks.listed().collect();
        let mut entries: Vec<Entry> = (0..open.len().min(SHOWN)).map(Entry::Open).collect();
        if !checks.dismissed.is_empty() {
            entries.push(Entry::Fold);
            if unfolded {
                entries.extend((0..checks.dismissed.len().min(SHOWN)).map(Entry::Dismissed));
            }
        }
        Self { open, dismissed: &checks.dismissed, entries }
    }

    fn finding(&self, entry: Entry) -> Option<&'a Finding> {
        match entry {
            Entry::Open(at) => self.open.get(at).copied(),
            Entry::Dismissed(at) => self.dismissed.get(at).map(|(finding, _)| finding),
            Entry::Fold => None,
        }
    }

    fn is_chosen(&self, state: &FindingsState, entry: Entry) -> bool {
        match (&state.chosen, self.finding(entry)) {
            (Some(Chosen::Finding(chosen)), Some(finding)) => **chosen == *finding,
            (Some(Chosen::Fold), None) => true,
            _ => false,
        }
    }

    fn choose(&self, state: &mut FindingsState, entry: Entry) {
        let finding = self.finding(entry);
        let chosen = finding.map_or(Chosen::Fold, |finding| Chosen::Finding(Box::new(finding.clone())));
        if state.chosen.as_ref() != Some(&chosen) {
            state.draft = None;
        }
        state.chosen = Some(chosen);
    }

    /// The finding that follows in the list and is not dismissed with this one.
    fn after(&self, finding: &Finding) -> Option<&'a Finding> {
        let at = self.open.iter().position(|other| **other == *finding)?;
        self.open.iter().skip(at + 1).find(|other| other.key() != finding.key()).copied()
    }
}

/// Draws the findings, worst first and then in text order, and behind one last row those that were dismissed.
pub fn findings_ui(ui: &mut Ui, checks: &Checks, ctx: &mut PanelCtx<'_>) {
    let Some(article) = ctx.view.article.clone() else { return };
    let mut state = std::mem::take(&mut ctx.view.inspector.findings);
    let told = match state.told.take() {
        Some(told) if told.key == key_of(&article, ctx) => told,
        _ => tell_all(&article, checks, ctx),
    };
    let list = List::new(checks, state.unfolded);
    let mut acted = keys(ui, &list, &mut state, ctx);
    for entry in list.entries.iter().copied() {
        let chosen = list.is_chosen(&state, entry);
        let response = entry_ui(ui, entry, &list, &told, (chosen, state.unfolded), ctx);
        if chosen && std::mem::take(&mut state.reveal) {
            ui.scroll_to_rect(response.rect, None);
        }
        if response.clicked() {
            list.choose(&mut state, entry);
            ctx.view.pane = Pane::Inspector;
            // Up, Down and Enter go on from here, and not in the text.
            ui.memory_mut(egui::Memory::stop_text_input);
            acted = Some(entry);
        }
        if list.is_chosen(&state, entry)
            && let Some(finding) = list.finding(entry)
        {
            let is_dismissed = matches!(entry, Entry::Dismissed(_));
            verbs_ui(ui, &article, (finding, is_dismissed), list.after(finding), &mut state, ctx);
        }
    }
    let more = list.open.len().saturating_sub(SHOWN);
    if more > 0 {
        let text = ctx.i18n.with("finding-more", &[("n", more.into())]);
        super::hint(ui, &mut ctx.pen(), &text);
    }
    match acted.map(|entry| list.finding(entry)) {
        Some(None) => state.unfolded = !state.unfolded,
        Some(Some(finding)) => show(&article, finding, ctx),
        None => {}
    }
    state.told = Some(told);
    ctx.view.inspector.findings = state;
}

fn entry_ui(
    ui: &mut Ui,
    entry: Entry,
    list: &List<'_>,
    told: &Told,
    (chosen, unfolded): (bool, bool),
    ctx: &mut PanelCtx<'_>,
) -> Response {
    match entry {
        Entry::Open(at) => {
            let sentence = told.open.get(at).map_or("", String::as_str);
            let severity = list.finding(entry).map_or(Severity::Hint, Finding::severity);
            row_ui(ui, ("finding", at), Sign::Severity(severity), &[sentence], sentence, chosen, ctx)
        }
        Entry::Fold => {
            let text = ctx.i18n.with("finding-dismissed", &[("n", list.dismissed.len().into())]);
            row_ui(ui, ("fold", 0), Sign::Fold(unfolded), &[&text], &text, chosen, ctx)
        }
        Entry::Dismissed(at) => {
            let Some((sentence, because, name)) = told.dismissed.get(at) else {
                return row_ui(ui, ("dismissed", at), Sign::Dismissed, &[""], "", chosen, ctx);
            };
            row_ui(ui, ("dismissed", at), Sign::Dismissed, &[sentence, because], name, chosen, ctx)
        }
    }
}

/// Arrows move through the rows, Enter does what a click does, Esc goes back to the text. Answers the row that Enter was
/// pressed on.
fn keys(ui: &Ui, list: &List<'_>, state: &mut FindingsState, ctx: &mut PanelCtx<'_>) -> Option<Entry> {
    if ctx.view.pane != Pane::Inspector || text_field_has_keyboard(ui.ctx()) || list.entries.is_empty() {
        return None;
    }
    let [down, up, enter, escape] =
        ui.input(|input| [Key::ArrowDown, Key::ArrowUp, Key::Enter, Key::Escape].map(|key| input.key_pressed(key)));
    let chosen = list.entries.iter().position(|entry| list.is_chosen(state, *entry));
    let step = isize::from(down) - isize::from(up);
    if step != 0 {
        let next = chosen.map_or(0, |at| at.saturating_add_signed(step)).min(list.entries.len() - 1);
        if let Some(entry) = list.entries.get(next) {
            list.choose(state, *entry);
            state.reveal = true;
        }
    }
    if escape {
        ctx.view.focus_reader = true;
    }
    let on_widget = ui.memory(|memory| memory.focused().is_some());
    chosen.filter(|_| enter && !on_widget).and_then(|at| list.entries.get(at)).copied()
}

/// Jumps to the place, and gives the annotation the focus.
fn show(article: &ArticleId, finding: &Finding, ctx: &mut PanelCtx<'_>) {
    let (article, what) = (article.clone(), finding.about.annotation());
    ctx.out.push(UiCommand::ShowPlace { article, what, span: finding.span });
}

fn key_of(article: &ArticleId, ctx: &PanelCtx<'_>) -> (u64, ArticleId, crate::gui::i18n::Language, String) {
    (ctx.session.revision(), article.clone(), ctx.i18n.language(), ctx.i18n.digits("0"))
}

fn tell_all(article: &ArticleId, checks: &Checks, ctx: &PanelCtx<'_>) -> Told {
    let i18n = ctx.i18n;
    let tell_dismissed = |(finding, reason): &(Finding, String)| {
        let sentence = tell(i18n, finding);
        let because = i18n.with("finding-dismissed-because", &[("reason", Arg::Text(reason))]);
        let args = [("what", Arg::Text(&sentence)), ("reason", Arg::Text(reason))];
        let name = i18n.with("finding-dismissed-row", &args);
        (sentence, because, name)
    };
    Told {
        key: key_of(article, ctx),
        open: checks.listed().take(SHOWN).map(|finding| tell(i18n, finding)).collect(),
        dismissed: checks.dismissed.iter().take(SHOWN).map(tell_dismissed).collect(),
    }
}

/// What a finding says, in the language of the interface.
#[must_use]
pub fn tell(i18n: &I18n, finding: &Finding) -> String {
    let code = finding.rule.code().replace('_', "-");
    let args: Vec<(&str, Arg<'_>)> = finding.with.iter().map(|(name, text)| (*name, Arg::Text(text))).collect();
    i18n.with(&format!("finding-{code}"), &args)
}

/// Draws a row: a sign, and lines of which the first is in full ink.
pub(super) fn row_ui(
    ui: &mut Ui,
    salt: (&str, usize),
    sign: Sign,
    lines: &[&str],
    name: &str,
    is_chosen: bool,
    ctx: &mut PanelCtx<'_>,
) -> Response {
    let tokens = ctx.theme.tokens.clone();
    let pen = ctx.pen();
    let width = ui.available_width() - 2.0 * PAD - 24.0;
    let laid: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let role = if at == 0 { TextRole::Ui } else { TextRole::Hint };
            pen.text.wrapped(line, role, crate::layout::Base::Auto, width)
        })
        .collect();
    let height: f32 = laid.iter().map(|line| line.size.y + 2.0).sum::<f32>() - 2.0;
    let place = row(ui, height + 12.0);
    let response = ui.interact(place.expand2(vec2(6.0, 0.0)), ui.scope_id().with(salt), Sense::click());
    announce(&response, Role::ListItem, name);
    pen.row_ground(ui, response.rect, &response, is_chosen);
    let mut cut = Cut::new(place.shrink2(vec2(0.0, 6.0)), pen.flow());
    let mut icon = cut.start(14.0);
    icon.set_height(18.0);
    let (sign, color) = match sign {
        Sign::Severity(Severity::Hint) => (Icon::Info, tokens.text2),
        Sign::Severity(Severity::Warning) => (Icon::Warning, tokens.warn),
        Sign::Severity(Severity::Error) => (Icon::Warning, tokens.error),
        Sign::Fold(false) => (Icon::Next, tokens.text2),
        Sign::Fold(true) => (Icon::Down, tokens.text2),
        Sign::Dismissed => (Icon::Tick, tokens.text3),
    };
    paint_icon(ui.painter(), icon, sign, color, pen.flow());
    cut.start(10.0);
    let mut at = cut.rest.min;
    for (number, line) in laid.iter().enumerate() {
        pen.text.paint(ui.painter(), line, at, if number == 0 { tokens.text } else { tokens.text2 });
        at.y += line.size.y + 2.0;
    }
    response
}

/// What can be done with the chosen finding: dismissing it with a reason, or taking that back.
fn verbs_ui(
    ui: &mut Ui,
    article: &ArticleId,
    (finding, is_dismissed): (&Finding, bool),
    next: Option<&Finding>,
    state: &mut FindingsState,
    ctx: &mut PanelCtx<'_>,
) {
    let (code, id): FindingKey = finding.key();
    let article = article.clone();
    if is_dismissed {
        if verb_ui(ui, "finding-restore", "", ctx) {
            ctx.out.push(UiCommand::Run(Box::new(Command::RestoreFinding { article, code, id })));
        }
        return;
    }
    if state.draft.is_none() {
        let caption = ctx.keymap.caption(CommandId::SeenClash);
        if verb_ui(ui, "finding-dismiss", &caption, ctx) {
            state.draft = Some(Field::one_line(""));
            state.focus_draft = true;
        }
    }
    let Some(field) = &mut state.draft else { return };
    let mut cut = Cut::new(row(ui, 36.0), ctx.flow());
    cut.start(24.0);
    let field_id = egui::Id::unique("reason of a dismissal");
    if std::mem::take(&mut state.focus_draft) {
        ui.memory_mut(|memory| memory.request_focus(field_id));
    }
    let i18n = ctx.i18n;
    let options = FieldOptions::new(i18n.text("finding-reason")).hint(i18n.text("finding-reason-hint"));
    let result = ctx.pen().text_field(ui, middle_of(cut.rest, 28.0), field_id, field, options);
    let reason = field.text().trim().to_owned();
    let is_stored = result.entered && !reason.is_empty();
    if is_stored {
        ctx.out.push(UiCommand::Run(Box::new(Command::DismissFinding { article, code, id, reason })));
        state.chosen = next.map(|next| Chosen::Finding(Box::new(next.clone())));
    }
    if result.cancelled || is_stored {
        state.draft = None;
        ctx.view.pane = Pane::Inspector;
    } else if result.entered {
        // Without a reason nothing is dismissed; the field waits for one.
        state.focus_draft = true;
    }
}

/// One verb under a row, with its key; answers whether it was taken.
fn verb_ui(ui: &mut Ui, title: &'static str, caption: &str, ctx: &mut PanelCtx<'_>) -> bool {
    let mut cut = Cut::new(row(ui, 34.0), ctx.flow());
    cut.start(24.0);
    let title = ctx.i18n.text(title);
    let mut pen = ctx.pen();
    let width = pen.button_width(title, caption) + 6.0;
    let place = middle_of(cut.start(width), 28.0);
    pen.button(ui, place, title, caption, ButtonKind::Plain).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::i18n::{Digits, Language, without_isolates};
    use crate::model::{About, Rule};

    /// A finding of this rule with a word for each particular.
    fn finding(rule: Rule) -> Finding {
        let names = rule.sentence().split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let with = names.map(|name| (name, format!("<{name}>"))).collect();
        Finding { rule, about: About::Article, span: None, with }
    }

    #[test]
    fn the_window_says_in_english_what_the_command_line_says() {
        let i18n = I18n::new(Language::English, Digits::Western);
        for rule in Rule::ALL {
            let finding = finding(*rule);
            let told = without_isolates(&tell(&i18n, &finding));
            let plain = told.replace(['\u{201C}', '\u{201D}'], "\"").replace('\u{2019}', "'");
            assert_eq!(plain, finding.message());
        }
    }

    #[test]
    fn every_rule_has_a_sentence_in_arabic() {
        let i18n = I18n::new(Language::Arabic, Digits::Western);
        for rule in Rule::ALL {
            let finding = finding(*rule);
            let told = tell(&i18n, &finding);
            assert!(told.contains(|letter| matches!(letter, '\u{621}'..='\u{64A}')), "{told}");
            for (name, text) in &finding.with {
                assert!(told.contains(text.as_str()), "{told} does not name {name}");
            }
        }
    }
}
