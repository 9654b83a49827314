//! Carries out what the user asked for, between frames.

use super::App;
use crate::gui::command::{CommandId, UiCommand};
use crate::gui::ctx::{Dialog, InspectorTab, Page, Pane, Toast};
use crate::gui::panels::{Change, FieldStep, Owner, step_field};
use crate::model::{AnnotationId, AnnotatorId, ArticleId, ClaimId, MentionId, StanceId, Status};
use crate::session::listing::is_open;
use crate::session::{Command, CommandError, Outcome, SessionError};

/// How long a toast stands.
const TOAST_S: f64 = 6.0;

impl App {
    /// Applies all commands that were pushed, in order.
    pub(super) fn apply_all(&mut self, ctx: &egui::Context) {
        // What a command pushes itself is applied in the same go; nothing pushes without end.
        for _ in 0..4 {
            let commands = std::mem::take(&mut self.out);
            if commands.is_empty() {
                break;
            }
            for command in commands {
                self.apply(ctx, command);
            }
        }
        let now_s = ctx.input(|input| input.time);
        if let Some(toast) = &mut self.view.toast
            && toast.until_s <= 0.0
        {
            toast.until_s = now_s + TOAST_S;
        }
    }

    pub(super) fn apply(&mut self, ctx: &egui::Context, command: UiCommand) {
        let Some(command) = self.or_wait(command) else { return };
        match command {
            UiCommand::Do(id) => self.carry_out(ctx, id),
            UiCommand::Run(command) => {
                self.run(*command);
            }
            UiCommand::RunAll(commands) => {
                for command in commands {
                    if self.run(command).is_none() {
                        break;
                    }
                }
            }
            UiCommand::NewEntity { article, mention, entity } => {
                self.run(Command::GiveNewEntity { article, mention, entity });
            }
            UiCommand::Wide(command) => self.start_wide(*command),
            UiCommand::AttachKnowledge(path) => self.attach_knowledge(path, true),
            UiCommand::ShowEntity(entity) => self.show_entity(&entity),
            UiCommand::OpenProject { path, annotator } => self.open_project(&path, annotator.as_deref()),
            UiCommand::OpenAs { path, annotator, name } => {
                self.opener.name = name;
                self.open_project(&path, Some(&annotator));
            }
            UiCommand::CreateProject { path, name, scheme, annotator } => {
                self.create_project(&path, &name, &scheme, &annotator);
            }
            UiCommand::ImportPaths(paths) => self.import_paths(paths),
            UiCommand::ImportPasted { title, text } => self.import_pasted(title, text),
            UiCommand::UseEncoding(encoding) => self.use_encoding(encoding),
            UiCommand::Browse(purpose) => self.browse(ctx, purpose),
            UiCommand::SaveCopy(path) => self.save_copy(&path),
            UiCommand::Bulk { change, articles } => self.start_bulk(change, articles),
            UiCommand::Assign { annotator, articles } => self.assign(ctx, &annotator, &articles),
            UiCommand::MakePlan(plan) => self.make_plan(ctx, *plan),
            UiCommand::DropPlan => {
                self.run(Command::SetPlan { plan: None });
            }
            UiCommand::StopWork => self.stop_work(),
            UiCommand::Export { request, target } => self.export(request, target),
            UiCommand::PreviewExport(request) => self.preview_export(ctx, request),
            UiCommand::SuggestExportPlace => {
                let (format, one_file) = self.view.dialogs.export.format();
                let place = self.export_place(format, one_file);
                self.view.dialogs.export.suggest(&place.to_string_lossy());
            }
            UiCommand::StopExport => self.stop_export(),
            UiCommand::ListImports => self.list_imports(ctx),
            UiCommand::CountAgain => self.count_again(),
            UiCommand::StopCounting => self.stop_counting(),
            UiCommand::StopImport => self.stop_import(),
            UiCommand::TakeOver => self.take_over(),
            UiCommand::Rebind(id, chord) => {
                let (name, chords) = self.keymap.rebind(id.spec(), chord);
                self.view.settings.keys.insert(name, chords);
            }
            UiCommand::ResetKeys => self.view.settings.keys.clear(),
            UiCommand::OpenArticle(article) => self.open_article(&article),
            UiCommand::Focus(what) => self.focus(what),
            UiCommand::ShowPlace { article, what, span } => self.show_place(&article, what, span),
            UiCommand::ShowClashes => self.show_first_clash(ctx),
            UiCommand::ShowValue(place) => self.show_value(&place),
            UiCommand::ImportScheme(path) => self.import_scheme(&path),
            UiCommand::Revert(line) => self.reverse(Command::Revert { line }),
            UiCommand::Reveal(span) => self.view.reveal = Some(span),
            UiCommand::Toast { text, undo } => self.toast(text, undo),
            UiCommand::Dialog(dialog) => self.view.dialog = Some(dialog),
        }
    }

    /// Runs a command of the session; an annotation that it makes gets the focus, a refusal becomes a sentence.
    pub(super) fn run(&mut self, command: Command) -> Option<Outcome> {
        if self.waits_for_wide() {
            return None;
        }
        if self.is_reversing() {
            self.wait_for_reversal(UiCommand::Run(Box::new(command)));
            return None;
        }
        if matches!(command, Command::Undo | Command::Redo) {
            self.reverse(command);
            return None;
        }
        let session = self.session.as_mut()?;
        let made: Option<fn(&str) -> AnnotationId> = match command {
            Command::AddMention { .. } | Command::PutMention { .. } => Some(|id| MentionId::new(id).into()),
            Command::PutClaim { .. } => Some(|id| ClaimId::new(id).into()),
            Command::PutStance { .. } => Some(|id| StanceId::new(id).into()),
            _ => None,
        };
        match session.run(command) {
            Ok(outcome) => {
                if let (Some(made), Some(id)) = (made, &outcome.id) {
                    let made = made(id);
                    self.view.keep_focus(Some(&made));
                    self.view.tab = match (&made, self.view.tab) {
                        (AnnotationId::Claim(_), InspectorTab::Stances) => InspectorTab::Claims,
                        (AnnotationId::Stance(_), InspectorTab::Claims) => InspectorTab::Stances,
                        (_, tab) => tab,
                    };
                    self.view.focus = Some(made);
                }
                Some(outcome)
            }
            Err(error) => {
                self.refused(&error);
                None
            }
        }
    }

    /// Says why a command was refused.
    pub(super) fn refused(&mut self, error: &CommandError) {
        match error {
            // At the end of the history the key simply does nothing more.
            CommandError::NothingTo { .. } => {}
            CommandError::ReadOnly { .. } => self.view.dialog = Some(Dialog::ReadOnly),
            error => self.refuse(&error.to_string()),
        }
    }

    /// Shows where something was undone or redone, and lets go of what is gone.
    pub(super) fn after_reversal(&mut self, outcome: &Outcome) {
        if let Some(article) = &outcome.article
            && self.view.article.as_ref() != Some(article)
        {
            self.open_article(&article.clone());
        }
        let (Some(session), Some(article)) = (&self.session, &self.view.article) else { return };
        let set = session.set(article);
        if self.view.focus.as_ref().is_some_and(|focus| !set.contains(focus)) {
            self.view.focus = None;
        }
        let Some(id) = &outcome.id else { return };
        let kinds: [AnnotationId; 3] = [MentionId::new(id).into(), ClaimId::new(id).into(), StanceId::new(id).into()];
        if let Some(found) = kinds.into_iter().find(|kind| set.contains(kind)) {
            self.view.focus = Some(found);
        }
    }

    /// A refusal: a sentence that goes by itself.
    pub(super) fn refuse(&mut self, sentence: &str) {
        self.toast(sentence.to_owned(), false);
    }

    /// Shows a sentence for a few seconds.
    pub(super) fn toast(&mut self, text: String, undo: bool) {
        self.view.toast = Some(Toast { text, undo, until_s: 0.0 });
    }

    pub(super) fn open_article(&mut self, article: &ArticleId) {
        self.view.page = Page::Article;
        if self.view.article.as_ref() == Some(article) {
            return;
        }
        self.view.article = Some(article.clone());
        self.view.focus = None;
        self.view.let_go();
        self.view.selection = None;
        self.view.hover = None;
        self.view.live_edge = None;
    }

    /// Makes sure that the set of the article that is shown is in memory.
    pub(super) fn load_shown(&mut self) {
        if let (Some(session), Some(article)) = (&mut self.session, &self.view.article)
            && let Err(error) = session.open_article(article).and_then(|()| match &self.view.beside {
                Some(who) => session.open_set_of(who, article),
                None => Ok(()),
            })
            // An article that is not here says so in the reader.
            && !matches!(error, SessionError::NoArticle { .. })
        {
            let message = error.to_string();
            if self.view.toast.as_ref().is_none_or(|toast| toast.text != message) {
                self.toast(message, false);
            }
        }
    }

    pub(super) fn focus(&mut self, what: Option<AnnotationId>) {
        if let (Some(id), Some(article), Some(session)) = (&what, &self.view.article, &self.session)
            && let Some(spans) = session.set(article).spans_of(id)
        {
            self.view.reveal = spans.iter().next();
        }
        self.view.keep_focus(what.as_ref());
        self.view.focus = what;
    }

    fn carry_out(&mut self, ctx: &egui::Context, id: CommandId) {
        use CommandId as C;
        if self.view.page != Page::Article && needs_article(id) {
            return;
        }
        if id.is_for_reader() {
            self.view.for_reader.push(id);
            return;
        }
        match id {
            C::OpenArticles => self.out.push(UiCommand::Browse(crate::gui::ctx::PathPurpose::Articles)),
            C::PasteArticle => self.view.dialog = Some(Dialog::Paste(String::new())),
            C::NewProject => self.ask_for_project("", None),
            C::OpenProject => self.out.push(UiCommand::Browse(crate::gui::ctx::PathPurpose::Project)),
            C::DemoProject => self.open_demo(),
            C::SaveCopy => self.out.push(UiCommand::Browse(crate::gui::ctx::PathPurpose::SaveCopy)),
            C::CloseProject => self.close_session(),
            C::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            C::Palette => self.view.dialog = Some(Dialog::Palette),
            C::TakeOther | C::SeenClash => self.clash_command(ctx, id),
            C::DismissFinding => self.dismiss_finding(ctx),
            C::ImportScheme => self.out.push(UiCommand::Browse(crate::gui::ctx::PathPurpose::Scheme)),
            C::TakeOver => self.take_over(),
            C::Beside => self.lay_beside(None),
            C::BesideOf(at) => self.lay_beside(Some(usize::from(at))),
            C::Imports => self.view.dialog = Some(Dialog::Imports),
            C::Export => self.view.dialog = Some(Dialog::Export),
            C::Statistics => self.show_statistics(),
            C::History => self.show_history(ctx),
            C::WhoAmI => self.view.dialog = Some(Dialog::WhoAmI),
            C::Settings => self.view.dialog = Some(Dialog::Settings),
            C::Keymap => self.view.dialog = Some(Dialog::Keymap),
            C::HelpHere => self.view.dialog = Some(Dialog::Help(self.focus_label())),
            C::About => self.view.dialog = Some(Dialog::About),
            C::Undo => {
                self.run(Command::Undo);
            }
            C::Redo => {
                self.run(Command::Redo);
            }
            C::Note | C::Entity | C::Field(_) | C::FieldBack(_) => self.inspector_command(ctx, id),
            C::EntityPage => self.show_focused_entity(),
            C::AttachKnowledge => self.out.push(UiCommand::Browse(crate::gui::ctx::PathPurpose::Knowledge)),
            C::DetachKnowledge => self.detach_knowledge(),
            C::AssignmentPlan => self.view.dialog = Some(Dialog::AssignmentPlan),
            C::FindRepeated => self.find_repeated(ctx),
            C::SkipRepeated => self.skip_repeated(),
            C::Flag | C::DoneAndNext | C::NextArticle | C::PreviousArticle | C::NextUnfinished => {
                self.article_command(id);
            }
            _ => self.view_command(ctx, id),
        }
    }

    fn focus_label(&self) -> Option<String> {
        let (session, article, focus) = (self.session.as_ref()?, self.view.article.as_ref()?, self.view.mention()?);
        session.set(article).mentions.get(focus).map(|mention| mention.label.to_string())
    }

    fn inspector_command(&mut self, ctx: &egui::Context, id: CommandId) {
        let Some(session) = &self.session else { return };
        let (Some(article), focus) = (self.view.article.clone(), self.view.mention().cloned()) else { return };
        let is_claim =
            self.view.draft.is_some() || self.view.focus.as_ref().is_some_and(|focus| focus.claim().is_some());
        self.view.tab = if is_claim { InspectorTab::Claims } else { InspectorTab::Details };
        let (step, needs_panel) = match id {
            CommandId::Field(at) | CommandId::FieldBack(at) => {
                let back = matches!(id, CommandId::FieldBack(_));
                let set = session.set(&article);
                let owner = match (&self.view.draft, &self.view.focus) {
                    (Some(draft), _) => Some(Owner::Draft(&draft.claim)),
                    (None, Some(AnnotationId::Mention(id))) => set.mentions.get(id).map(Owner::Mention),
                    (None, Some(AnnotationId::Claim(id))) => set.claims.get(id).map(Owner::Claim),
                    _ => None,
                };
                let step = owner.and_then(|owner| step_field(session.scheme(), &article, owner, usize::from(at), back));
                let opens = matches!(step, Some(FieldStep::OpenList(_) | FieldStep::EnterText(_)));
                (step, opens)
            }
            CommandId::Entity => {
                self.view.inspector.entity_open = focus.is_some();
                (None, focus.is_some())
            }
            _ => {
                self.view.inspector.focus_note = true;
                (None, true)
            }
        };
        if needs_panel {
            self.show_inspector(ctx);
        }
        match step {
            Some(FieldStep::Change(Change::Run(command))) => {
                self.run(*command);
            }
            Some(FieldStep::Change(Change::Draft(claim))) => self.view.change_draft(*claim),
            Some(FieldStep::OpenList(field)) => self.view.inspector.list_open = Some(field),
            Some(FieldStep::EnterText(field)) => self.view.inspector.focus_text = Some(field),
            None => {}
        }
    }

    pub(super) fn show_inspector(&mut self, ctx: &egui::Context) {
        if super::frame::WidthClass::of(ctx.content_rect().width()).overlays_inspector() {
            self.view.inspector_overlay = true;
        } else {
            self.view.settings.inspector = true;
        }
    }

    fn article_command(&mut self, id: CommandId) {
        let (Some(session), Some(article)) = (&self.session, self.view.article.clone()) else { return };
        let is_unfinished = |row: &crate::session::ArticleRow<'_>| is_open(row.status);
        let next = match id {
            CommandId::Flag if self.view.pane == Pane::Catalogue && !self.view.catalogue.chosen.is_empty() => {
                let articles = self.view.catalogue.chosen_articles(session);
                let flagged = !articles.iter().all(|article| session.row(article).is_some_and(|row| row.flagged));
                self.start_bulk(crate::session::BulkChange::Flag(flagged), articles);
                return;
            }
            CommandId::Flag => {
                let flagged = !session.set(&article).flagged;
                self.run(Command::SetFlag { article, flagged });
                return;
            }
            // The place is looked up before the article leaves the list.
            CommandId::DoneAndNext | CommandId::NextUnfinished => {
                self.view.next_listed(session, true, true, is_unfinished)
            }
            _ => self.view.next_listed(session, id == CommandId::NextArticle, false, |_| true),
        };
        if id == CommandId::DoneAndNext {
            self.run(Command::SetStatus { article, status: Status::Done, reason: String::new() });
        }
        match next {
            Some(next) => self.open_article(&next),
            None if matches!(id, CommandId::DoneAndNext | CommandId::NextUnfinished) => {
                self.toast(self.i18n.text("all-done").to_owned(), false);
            }
            None => {}
        }
    }

    fn view_command(&mut self, ctx: &egui::Context, id: CommandId) {
        use CommandId as C;
        let class = super::frame::WidthClass::of(ctx.content_rect().width());
        let settings = &mut self.view.settings;
        match id {
            C::ToggleCatalogue if class.folds_catalogue() => self.view.catalogue_overlay ^= true,
            C::ToggleCatalogue => settings.catalogue ^= true,
            C::ToggleInspector if class.overlays_inspector() => self.view.inspector_overlay ^= true,
            C::ToggleInspector => settings.inspector ^= true,
            C::ZoomIn => settings.article_px = (settings.article_px + 2.0).min(40.0),
            C::ZoomOut => settings.article_px = (settings.article_px - 2.0).max(16.0),
            C::ZoomReset => settings.article_px = 22.0,
            C::InterfaceZoomIn => settings.interface_zoom = stepped(settings.interface_zoom, 1.0).min(2.0),
            C::InterfaceZoomOut => settings.interface_zoom = stepped(settings.interface_zoom, -1.0).max(0.9),
            C::InterfaceZoomReset => settings.interface_zoom = 1.0,
            C::FrontLayer => self.view.layers.advance(),
            C::Invisibles => settings.invisibles ^= true,
            C::HighContrast => settings.high_contrast ^= true,
            C::ToggleTheme => {
                use crate::gui::theme::ThemeChoice;
                settings.theme = if self.theme.tokens.dark { ThemeChoice::Light } else { ThemeChoice::Dark };
            }
            C::ToggleLanguage => {
                use crate::gui::i18n::Language;
                let english = settings.language == Language::English;
                settings.language = if english { Language::Arabic } else { Language::English };
            }
            C::Filter => {
                self.view.focus_filter = true;
                if class.folds_catalogue() {
                    self.view.catalogue_overlay = true;
                } else {
                    settings.catalogue = true;
                }
            }
            C::NextPane | C::PreviousPane => self.change_pane(ctx, id == C::NextPane),
            _ => {}
        }
    }

    fn change_pane(&mut self, ctx: &egui::Context, forwards: bool) {
        let order = [Pane::Catalogue, Pane::Reader, Pane::Inspector];
        let at = order.iter().position(|pane| *pane == self.view.pane).unwrap_or(1);
        let next = if forwards { (at + 1) % 3 } else { (at + 2) % 3 };
        self.view.pane = order[next];
        ctx.memory_mut(egui::Memory::stop_text_input);
        match self.view.pane {
            Pane::Reader => self.view.focus_reader = true,
            Pane::Inspector => {
                self.show_inspector(ctx);
                ctx.memory_mut(|memory| memory.request_focus(egui::Id::unique(("inspector tab", 0_u8))));
            }
            Pane::Catalogue => {}
        }
    }

    /// Whether work may be written as this annotator; for tests.
    #[must_use]
    pub fn annotator(&self) -> Option<&AnnotatorId> {
        self.session.as_ref().map(crate::session::Session::annotator)
    }
}

/// Whether a command is about the article that is shown, so that it does nothing where none is.
fn needs_article(id: CommandId) -> bool {
    use CommandId as C;
    let is_about = matches!(id, C::Note | C::Entity | C::Field(_) | C::FieldBack(_) | C::Flag | C::DoneAndNext);
    id.is_for_reader() || is_about
}

/// A zoom some tenths further; whole tenths, so that it comes back to where it was.
fn stepped(zoom: f32, tenths: f32) -> f32 {
    ((zoom * 10.0).round() + tenths) / 10.0
}
