//! What panels get: the session to read, the view to keep drafts in, and a list to push commands to.

use std::sync::Arc;

use crate::model::{AnnotationId, ArticleId, Claim, MentionId};
use crate::session::{Command, Edge, Session, StanceChoice, StanceDraft};
use crate::text::{Span, SpanSet};

use super::command::{CommandId, UiCommand};
use super::i18n::I18n;
use super::keymap::Keymap;
use super::settings::Settings;
use super::text::TextPainter;
use super::theme::{Flow, Theme};

/// Everything a panel may use while it draws one frame.
pub struct PanelCtx<'a> {
    /// The open project. Panels read it; what they want changed they push to `out`.
    pub session: &'a mut Session,
    /// What is shown, and drafts.
    pub view: &'a mut ViewState,
    /// Colours.
    pub theme: &'a Theme,
    /// Words.
    pub i18n: &'a I18n,
    /// Keys, to print beside what they do.
    pub keymap: &'a Keymap,
    /// The text engine with its glyph texture.
    pub text: &'a mut TextPainter,
    /// What the user asked for; applied after the frame, in order.
    pub out: &'a mut Vec<UiCommand>,
}

/// What the furniture of the window gets: the same, with or without a project.
pub struct ShellCtx<'a> {
    /// The open project, if there is one.
    pub session: Option<&'a Session>,
    /// What is shown, and drafts.
    pub view: &'a mut ViewState,
    /// Colours.
    pub theme: &'a Theme,
    /// Words.
    pub i18n: &'a I18n,
    /// Keys.
    pub keymap: &'a Keymap,
    /// The text engine.
    pub text: &'a mut TextPainter,
    /// What the user asked for.
    pub out: &'a mut Vec<UiCommand>,
}

impl ShellCtx<'_> {
    /// The direction in which the interface reads.
    #[must_use]
    pub fn flow(&self) -> Flow {
        Flow { rtl: self.i18n.is_rtl() }
    }

    /// Drawing tools for widgets.
    pub fn pen(&mut self) -> super::widgets::Pen<'_> {
        super::widgets::Pen { theme: self.theme, i18n: self.i18n, keymap: self.keymap, text: self.text }
    }
}

impl PanelCtx<'_> {
    /// The direction in which the interface reads.
    #[must_use]
    pub fn flow(&self) -> Flow {
        Flow { rtl: self.i18n.is_rtl() }
    }

    /// Drawing tools for widgets.
    pub fn pen(&mut self) -> super::widgets::Pen<'_> {
        super::widgets::Pen { theme: self.theme, i18n: self.i18n, keymap: self.keymap, text: self.text }
    }
}

/// The three panes that F6 goes through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// List of articles.
    Catalogue,
    /// The article.
    #[default]
    Reader,
    /// Details of what has focus.
    Inspector,
}

/// How much of a layer is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LayerLevel {
    /// In full.
    #[default]
    Front,
    /// Thin.
    Calm,
    /// Not at all.
    Off,
}

/// A kind of annotation as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Mentions.
    Mentions,
    /// Claims.
    Claims,
    /// Stances.
    Stances,
}

impl Layer {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Mentions, Self::Claims, Self::Stances];
}

/// Which layer is in front of the others, and which are not drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// The layer in front; none means all of them.
    pub front: Option<Layer>,
    /// Layers that are not drawn, in the order of [`Layer::ALL`].
    pub off: [bool; 3],
}

impl Layers {
    /// How much of a layer is drawn.
    #[must_use]
    pub fn level(self, layer: Layer) -> LayerLevel {
        if self.off[layer as usize] {
            LayerLevel::Off
        } else if self.front.is_none_or(|front| front == layer) {
            LayerLevel::Front
        } else {
            LayerLevel::Calm
        }
    }

    /// Brings the next layer to the front: mentions, claims, stances, all. It is drawn from then on.
    pub fn advance(&mut self) {
        self.front = match self.front {
            None => Some(Layer::Mentions),
            Some(Layer::Mentions) => Some(Layer::Claims),
            Some(Layer::Claims) => Some(Layer::Stances),
            Some(Layer::Stances) => None,
        };
        if let Some(front) = self.front {
            self.off[front as usize] = false;
        }
    }

    /// Stops drawing a layer, or draws it again.
    pub fn toggle(&mut self, layer: Layer) {
        self.off[layer as usize] ^= true;
    }
}

/// Which articles the catalogue lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CatalogueSegment {
    /// Neither done nor skipped.
    ToDo,
    /// All.
    #[default]
    All,
    /// Marked for the team.
    Flagged,
}

/// Tabs of the inspector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InspectorTab {
    /// What has focus.
    #[default]
    Details,
    /// The claims of the article.
    Claims,
    /// The stances of the article.
    Stances,
    /// Findings about the article.
    Checks,
    /// Who changed what when.
    History,
}

/// A claim with what its sentence proposes, not stored yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimDraft {
    /// The article it is about.
    pub article: ArticleId,
    /// The claim; its id is empty.
    pub claim: Claim,
}

/// The list from which a stance is put together.
#[derive(Debug, Default)]
pub struct StanceList {
    /// What is chosen so far; absent while the list is closed.
    pub draft: Option<StanceDraft>,
    /// What was typed to narrow the list.
    pub field: super::widgets::Field,
    /// The row that Enter takes.
    pub row: usize,
    /// The rows, with what they were made of.
    pub choices: Option<(StanceKey, Arc<[StanceChoice]>)>,
}

/// What the rows of the list depend on.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are their names")]
pub struct StanceKey {
    pub draft: StanceDraft,
    pub typed: String,
    pub revision: u64,
    pub language: super::i18n::Language,
    pub has_names: bool,
}

impl StanceList {
    /// For the next part: nothing typed, the first row.
    pub fn reset_list(&mut self) {
        self.field = super::widgets::Field::default();
        self.row = 0;
    }
}

/// A question in the middle of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialog {
    /// Find a command, a label or an article.
    Palette,
    /// A path, where the system has no file dialog.
    Path(PathPurpose),
    /// A new project.
    NewProject,
    /// A text to make an article of.
    Paste(String),
    /// Bytes whose encoding is not certain.
    Encoding,
    /// A new assignment plan.
    AssignmentPlan,
    /// Writing the project in an exchange format.
    Export,
    /// What was brought in, and who stands for it.
    Imports,
    /// The annotator's id and name.
    WhoAmI,
    /// Settings.
    Settings,
    /// Keys.
    Keymap,
    /// Help for a label or field, or in general.
    Help(Option<String>),
    /// About the program.
    About,
    /// Why nothing can be written, and what to do.
    ReadOnly,
    /// Something failed: title and sentences.
    Error {
        /// What.
        title: String,
        /// Where, what is safe, what to do.
        details: String,
    },
}

/// What a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPurpose {
    /// Files with articles.
    Articles,
    /// The folder of a project.
    Project,
    /// The folder in which a new project is made.
    NewProjectFolder,
    /// The folder that becomes a copy of the project.
    SaveCopy,
    /// The file of a scheme.
    Scheme,
    /// The file of a knowledge base.
    Knowledge,
    /// Where an export goes.
    Export {
        /// Whether that is a file, rather than a folder.
        one_file: bool,
    },
}

/// What the work area shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// An article between the catalogue and the inspector.
    #[default]
    Article,
    /// Counts over the project.
    Statistics,
    /// One entity, over the project.
    Entity,
}

/// Background work that takes long enough to be said.
#[derive(Clone, Debug)]
pub struct JobShown {
    /// What it does, with counts.
    pub text: String,
    /// How much is done.
    pub done: usize,
    /// Of how much; 0 where unknown.
    pub total: usize,
    /// What its *Stop* does.
    pub stop: UiCommand,
}

/// A sentence that stands for a few seconds.
#[derive(Clone, Debug)]
pub struct Toast {
    /// The sentence.
    pub text: String,
    /// Whether *Undo* is offered.
    pub undo: bool,
    /// When it goes, in egui's seconds.
    pub until_s: f64,
}

/// How far work on many articles has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Id of the sentence that says it, with `n` and `total`.
    pub message: &'static str,
    /// Done.
    pub done: usize,
    /// Of how many.
    pub total: usize,
}

/// An import under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Importing {
    /// Megabytes done.
    pub done: usize,
    /// Of how many; 0 where unknown.
    pub total: usize,
    /// What it is at, and what it waits for.
    pub stage: crate::session::ImportStage,
}

/// What is shown. Never journaled.
#[derive(Debug, Default)]
pub struct ViewState {
    /// The open article.
    pub article: Option<ArticleId>,
    /// The annotation in focus.
    pub focus: Option<AnnotationId>,
    /// What is selected in the reader, article bytes, if it is not empty.
    pub selection: Option<SpanSet>,
    /// Byte of the reader's caret.
    pub caret: usize,
    /// Whose set is laid beside the own one, for reading.
    pub beside: Option<crate::model::AnnotatorId>,
    /// Whose set was laid beside last, for the key.
    pub beside_last: Option<crate::model::AnnotatorId>,
    /// Somebody else's mention under the pointer: text, label and whose.
    pub hover_theirs: Option<String>,
    /// The edge that keys move.
    pub live_edge: Option<Edge>,
    /// Part of the open article that the reader should scroll to and then forget.
    pub reveal: Option<Span>,
    /// The mention under the pointer, for the status bar.
    pub hover: Option<MentionId>,
    /// Commands whose keys were pressed and that the reader carries out, oldest first.
    pub for_reader: Vec<CommandId>,
    /// The pane that has the keyboard.
    pub pane: Pane,
    /// Whether the reader should take the keyboard in this frame.
    pub focus_reader: bool,
    /// How the layers of annotations are drawn.
    pub layers: Layers,
    /// The user's choices.
    pub settings: Settings,
    /// A claim that is shown before it is stored.
    pub draft: Option<ClaimDraft>,
    /// A stance that is being put together.
    pub stance: StanceList,
    /// The claim or stance that was in focus last: cues, sources and evidence go to it while text is selected.
    pub held: Option<AnnotationId>,
    /// The link of the chain that was changed last.
    pub link: Option<usize>,
    /// Which articles the catalogue lists.
    pub segment: CatalogueSegment,
    /// Filter of the catalogue.
    pub filter: crate::gui::widgets::Field,
    /// Whether the filter should take the keyboard in this frame.
    pub focus_filter: bool,
    /// The characters that were counted last, for the status bar and the inspector.
    pub counted: Option<Counted>,
    /// Rows of the catalogue.
    pub catalogue: super::panels::CatalogueState,
    /// Drafts of the inspector.
    pub inspector: super::panels::InspectorState,
    /// What the work area shows.
    pub page: Page,
    /// The statistics page.
    pub statistics: super::panels::StatisticsState,
    /// The page of an entity.
    pub entity: super::panels::EntityPageState,
    /// Background work that is said.
    pub job: Option<JobShown>,
    /// The history panel.
    pub history: super::panels::HistoryState,
    /// The clash that is chosen: its place and the line that does not stand.
    pub clash: Option<(crate::edit::Place, crate::model::LineId)>,
    /// Clashes that appeared and were not looked at.
    pub new_clashes: usize,
    /// Tab of the inspector.
    pub tab: InspectorTab,
    /// Drafts of the dialogs.
    pub dialogs: super::dialogs::DialogState,
    /// Recent projects whose folder is no longer there.
    pub missing_recent: Vec<String>,
    /// Done and total of an import under way; total 0 where unknown.
    pub importing: Option<Importing>,
    /// Work on many articles that is under way.
    pub progress: Option<Progress>,
    /// Whether a project has been on the way for long enough to be said.
    pub opening: bool,
    /// The question in the middle of the window.
    pub dialog: Option<Dialog>,
    /// The sentence above the key strip.
    pub toast: Option<Toast>,
    /// Whether the catalogue is open over the reader in a narrow window.
    pub catalogue_overlay: bool,
    /// Whether the inspector is open over the reader in a narrow window.
    pub inspector_overlay: bool,
}

/// A stretch of an article in characters and paragraphs; counting a long text in every frame would be slow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    key: (ArticleId, usize, usize),
    /// Characters before it.
    pub from: usize,
    /// Characters before its end.
    pub to: usize,
    /// The paragraph it starts in, from 1; lines of white space do not count.
    pub paragraph: usize,
}

impl ViewState {
    /// Counts where bytes `start` to `end` of the article's text stand, unless they were counted last.
    pub fn count(&mut self, article: &ArticleId, text: &str, start: usize, end: usize) -> Counted {
        let key = (article.clone(), start, end);
        if let Some(counted) = self.counted.as_ref().filter(|counted| counted.key == key) {
            return counted.clone();
        }
        let before = text.get(..start).unwrap_or_default();
        let from = before.chars().count();
        let to = from + text.get(start..end).map_or(0, |covered| covered.chars().count());
        let paragraph = before.lines().filter(|line| !line.trim().is_empty()).count();
        let is_first = before.is_empty() || before.ends_with('\n');
        let counted = Counted { key, from, to, paragraph: paragraph + usize::from(is_first) };
        self.counted = Some(counted.clone());
        counted
    }

    /// The mention in focus, if it is one.
    #[must_use]
    pub fn mention(&self) -> Option<&MentionId> {
        self.focus.as_ref()?.mention()
    }

    /// Puts another claim in the place of the draft.
    pub fn change_draft(&mut self, claim: Claim) {
        if let Some(draft) = &mut self.draft {
            draft.claim = claim;
        }
    }

    /// Takes the draft to store it, with its chain or without.
    pub fn take_draft(&mut self, with_chain: bool) -> Option<Command> {
        let ClaimDraft { article, mut claim } = self.draft.take()?;
        if !with_chain {
            claim.chain.clear();
        }
        Some(Command::PutClaim { article, claim: Box::new(claim) })
    }

    /// What is in focus is held from now on, if it is a claim or a stance.
    pub fn keep_focus(&mut self, focus: Option<&AnnotationId>) {
        let holds = focus.filter(|focus| focus.mention().is_none() && self.held.as_ref() != Some(*focus));
        if let Some(focus) = holds {
            self.held = Some(focus.clone());
            self.link = None;
        }
    }

    /// Closes what was about another article: the draft, the list of a stance, what is held.
    pub fn let_go(&mut self) {
        (self.draft, self.held, self.link, self.stance.draft) = (None, None, None, None);
    }

    /// Size of the article's letters in points of this frame, so that interface zoom does not change it.
    #[must_use]
    pub fn article_px(&self) -> f32 {
        self.settings.article_px / self.settings.interface_zoom
    }

    /// Takes the commands that wait for the reader.
    pub fn take_reader_commands(&mut self) -> Vec<CommandId> {
        std::mem::take(&mut self.for_reader)
    }
}
