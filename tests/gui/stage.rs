//! The reader alone on a stage: a project in memory, no window. Does between frames what the window does.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;
use hashiya::env::Env;
use hashiya::gui::command::{CommandId, UiCommand};
use hashiya::gui::ctx::{PanelCtx, ViewState};
use hashiya::gui::i18n::{Digits, I18n, Language};
use hashiya::gui::keymap::{Keymap, chord_from_event};
use hashiya::gui::reader::{ReaderState, reader_ui};
use hashiya::gui::text::TextPainter;
use hashiya::gui::theme::Theme;
use hashiya::model::{AnnotationSet, ArticleFacts, ArticleKey, Exchange, ExchangeArticle, MentionId, Region};
use hashiya::session::{Command, NewProject, Session, schemes};
use hashiya::storage::MemFs;

pub struct Stage {
    pub session: Session,
    pub view: ViewState,
    pub state: ReaderState,
    pub toasts: Vec<String>,
    pub errors: Vec<String>,
    theme: Theme,
    i18n: I18n,
    keymap: Keymap,
    text: TextPainter,
}

impl Stage {
    /// One article, by the annotator `amal`, with what others marked in it.
    pub fn new(text: &str, regions: Vec<Region>, set: AnnotationSet) -> Self {
        let new = NewProject { name: "Stage".into(), scheme: schemes::news(), annotator: "amal".into() };
        let dir = PathBuf::from("/p/stage");
        let mut session = Session::create(Arc::new(MemFs::new()), &dir, &new, Arc::new(Env::fixed(3)), None).unwrap();
        let mut facts = ArticleFacts::of(ArticleKey::Id("a".into()), text);
        facts.regions = regions;
        facts.language = "ar".into();
        let article = ExchangeArticle {
            name: "a".into(),
            facts,
            text: Arc::from(text),
            source: None,
            paragraph_directions: std::collections::BTreeMap::new(),
            sets: [("amal".into(), set)].into_iter().collect(),
        };
        let exchange = Exchange { articles: vec![article], ..Exchange::default() };
        session.import(exchange, vec!["stage".into()]).unwrap();
        let mut view = ViewState { article: Some(session.catalogue().row(0).unwrap().id()), ..ViewState::default() };
        view.focus_reader = true;
        let mut theme = Theme::load(false, false).unwrap();
        theme.set_scheme(session.scheme());
        Self {
            session,
            view,
            state: ReaderState::default(),
            toasts: Vec::new(),
            errors: Vec::new(),
            theme,
            i18n: I18n::new(Language::default(), Digits::default()),
            keymap: Keymap::new(&std::collections::BTreeMap::new()),
            text: TextPainter::default(),
        }
    }

    pub fn article(&self) -> hashiya::model::ArticleId {
        self.session.catalogue().row(0).unwrap().id()
    }

    pub fn set(&self) -> &AnnotationSet {
        self.session.set(&self.session.catalogue().row(0).unwrap().id())
    }

    /// The mentions as `LABEL text`, in reading order.
    pub fn mentions(&self) -> Vec<String> {
        let text = self.session.article(&self.article()).unwrap().text.clone();
        let all = self.set().mentions_in_order();
        all.iter().map(|mention| format!("{} {}", mention.label, mention.spans.quote(&text).unwrap())).collect()
    }

    pub fn run(&mut self, command: Command) {
        match self.session.run(command) {
            Ok(outcome) => {
                if let Some(id) = outcome.id {
                    self.view.focus = Some(MentionId::new(id).into());
                }
            }
            Err(error) => self.errors.push(error.to_string()),
        }
    }

    /// One frame.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.text.begin_frame(&ctx, self.theme.tokens.dark, false);
        for event in ui.input(|input| input.events.clone()) {
            let Some(command) = chord_from_event(&event).and_then(|chord| self.keymap.command(chord, false, true))
            else {
                continue;
            };
            match command {
                CommandId::Undo => self.run(Command::Undo),
                CommandId::Redo => self.run(Command::Redo),
                other if other.is_for_reader() => self.view.for_reader.push(other),
                _ => {}
            }
        }
        let mut out = Vec::new();
        let mut panel = PanelCtx {
            session: &mut self.session,
            view: &mut self.view,
            theme: &self.theme,
            i18n: &self.i18n,
            keymap: &self.keymap,
            text: &mut self.text,
            out: &mut out,
        };
        reader_ui(ui, &mut panel, &mut self.state);
        self.text.end_frame(&ctx);
        for command in out {
            match command {
                UiCommand::Run(command) => self.run(*command),
                UiCommand::Focus(focus) => self.view.focus = focus,
                UiCommand::Toast { text, .. } => self.toasts.push(text),
                _ => {}
            }
        }
    }
}
