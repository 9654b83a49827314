//! Every command of the window: its title, help and key. Menus, palette and keymap read this one list.

use egui::Key;
use serde::{Deserialize, Serialize};

use crate::model::{AnnotationId, ArticleId, LineId, MentionId};
use crate::text::Span;

/// A command that a user can find in a menu, in the palette and in the keymap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "title and help of each stand in the message files, under the ids of `spec`")]
pub enum CommandId {
    OpenArticles,
    PasteArticle,
    NewProject,
    OpenProject,
    DemoProject,
    Export,
    SaveCopy,
    CloseProject,
    Quit,
    Undo,
    Redo,
    Delete,
    Note,
    Flag,
    /// The label on the n-th key of the strip: 0 to 10 plain, 11 to 21 with Shift.
    Label(u8),
    StartEdge,
    StartEdgeBack,
    EndEdge,
    EndEdgeBack,
    EdgeLeft,
    EdgeRight,
    EdgeWordLeft,
    EdgeWordRight,
    AddFragment,
    Outward,
    Inward,
    /// Show a claim of the selection, with what its sentence proposes.
    NewClaim,
    ClaimCue,
    ClaimSource,
    /// Put a stance together, from what is in focus.
    NewStance,
    /// The next value of the n-th field of the inspector, from 0.
    Field(u8),
    /// The previous value of the n-th field.
    FieldBack(u8),
    Entity,
    EntityPage,
    AttachKnowledge,
    DetachKnowledge,
    ParagraphDirection,
    DoneAndNext,
    NextArticle,
    NextUnfinished,
    PreviousArticle,
    Palette,
    Filter,
    ToggleCatalogue,
    ToggleInspector,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    InterfaceZoomIn,
    InterfaceZoomOut,
    InterfaceZoomReset,
    /// Lay the last other annotator's set beside the own one, or take it away.
    Beside,
    /// Lay the set of the n-th other annotator beside, from 0, or take it away.
    BesideOf(u8),
    Imports,
    Invisibles,
    /// Bring the next layer of annotations to the front.
    FrontLayer,
    ToggleTheme,
    HighContrast,
    ToggleLanguage,
    NextPane,
    PreviousPane,
    TakeOther,
    SeenClash,
    DismissFinding,
    ImportScheme,
    TakeOver,
    History,
    Statistics,
    WhoAmI,
    AssignmentPlan,
    FindRepeated,
    SkipRepeated,
    Settings,
    Keymap,
    HelpHere,
    About,
}

/// The menus of the top bar, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "names and titles are the same")]
pub enum Menu {
    File,
    Edit,
    View,
    Annotate,
    Find,
    Project,
    Help,
}

impl Menu {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::File, Self::Edit, Self::View, Self::Annotate, Self::Find, Self::Project, Self::Help];

    /// Message id of its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "menu-file",
            Self::Edit => "menu-edit",
            Self::View => "menu-view",
            Self::Annotate => "menu-annotate",
            Self::Find => "menu-find",
            Self::Project => "menu-project",
            Self::Help => "menu-help",
        }
    }
}

/// Where a command's key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere, also while a text field has the keyboard.
    Everywhere,
    /// In the reader and in lists, never in a text field.
    Panes,
}

/// A physical key with its modifiers. `ctrl` stands for Cmd on macOS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the fields are the keys")]
pub struct Chord {
    pub key: Key,
    pub ctrl: bool,
    pub shift: bool,
    pub alt: bool,
}

impl Chord {
    /// The key alone.
    #[must_use]
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, shift: false, alt: false }
    }

    /// With Ctrl as well.
    #[must_use]
    pub const fn ctrl(mut self) -> Self {
        self.ctrl = true;
        self
    }

    /// With Shift as well.
    #[must_use]
    pub const fn shift(mut self) -> Self {
        self.shift = true;
        self
    }

    /// With Alt as well.
    #[must_use]
    pub const fn alt(mut self) -> Self {
        self.alt = true;
        self
    }

    /// The chord as it stands on a key cap (`Ctrl \u{21e7} D`), in the US legend.
    #[must_use]
    pub fn caption(self) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.ctrl {
            parts.push(if cfg!(target_os = "macos") { "Cmd" } else { "Ctrl" }.to_owned());
        }
        if self.alt {
            parts.push("Alt".to_owned());
        }
        if self.shift {
            parts.push("\u{21e7}".to_owned());
        }
        parts.push(legend(self.key));
        parts.join(" ")
    }

    /// The chord as it is written in the settings (`Ctrl+Shift+D`).
    #[must_use]
    pub fn to_text(self) -> String {
        let mut text = String::new();
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                text.push_str(name);
            }
        }
        text.push_str(self.key.name());
        text
    }

    /// Reads what [`Chord::to_text`] wrote.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut rest = text;
        let (mut ctrl, mut shift, mut alt) = (false, false, false);
        loop {
            if let Some(tail) = rest.strip_prefix("Ctrl+") {
                (ctrl, rest) = (true, tail);
            } else if let Some(tail) = rest.strip_prefix("Shift+") {
                (shift, rest) = (true, tail);
            } else if let Some(tail) = rest.strip_prefix("Alt+") {
                (alt, rest) = (true, tail);
            } else {
                break;
            }
        }
        Some(Self { key: Key::from_name(rest)?, ctrl, shift, alt })
    }
}

/// The legend of a key on a US keyboard, short.
fn legend(key: Key) -> String {
    match key {
        Key::Enter => "\u{21b5}".to_owned(),
        Key::Escape => "Esc".to_owned(),
        Key::Delete => "Del".to_owned(),
        Key::PageUp => "PgUp".to_owned(),
        Key::PageDown => "PgDn".to_owned(),
        Key::ArrowLeft => "\u{2190}".to_owned(),
        Key::ArrowRight => "\u{2192}".to_owned(),
        Key::ArrowUp => "\u{2191}".to_owned(),
        Key::ArrowDown => "\u{2193}".to_owned(),
        Key::OpenBracket => "[".to_owned(),
        Key::CloseBracket => "]".to_owned(),
        Key::Minus => "-".to_owned(),
        Key::Equals | Key::Plus => "+".to_owned(),
        Key::Slash => "/".to_owned(),
        Key::Comma => ",".to_owned(),
        other => other.name().to_owned(),
    }
}

/// The digit-row keys of the key strip, in order.
pub const STRIP_KEYS: [Key; 11] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
    Key::Num0,
    Key::Minus,
];

/// The letter keys of the inspector's fields, in order.
pub const FIELD_KEYS: [Key; 8] = [Key::Q, Key::W, Key::E, Key::R, Key::D, Key::F, Key::G, Key::H];

/// What the program knows about a command.
#[derive(Clone, Copy, Debug)]
pub struct CommandSpec {
    /// The command.
    pub id: CommandId,
    /// Stable name in the settings file.
    pub name: &'static str,
    /// Message id of the title.
    pub title: &'static str,
    /// Message id of the help sentence.
    pub help: &'static str,
    /// The menu it stands in.
    pub menu: Menu,
    /// Where its key works.
    pub scope: Scope,
    /// Its keys unless rebound; the first is printed.
    pub keys: &'static [Chord],
    /// Whether it needs an open project.
    pub needs_project: bool,
}

const fn key(key: Key) -> Chord {
    Chord::plain(key)
}

macro_rules! commands {
    ($($id:expr, $menu:ident, $scope:ident, $project:literal, $name:literal, $title:literal, $help:literal, [$($chord:expr),*];)*) => {
        &[$(CommandSpec {
            id: $id,
            name: $name,
            title: $title,
            help: $help,
            menu: Menu::$menu,
            scope: Scope::$scope,
            keys: &[$($chord),*],
            needs_project: $project,
        }),*]
    };
}

use CommandId as C;

/// All commands but labels and fields, in menu order.
const PLAIN: &[CommandSpec] = commands![
    C::OpenArticles, File, Everywhere, false, "open-articles", "cmd-open-articles", "cmd-open-articles-help", [key(Key::N).ctrl()];
    C::PasteArticle, File, Panes, false, "paste-article", "cmd-paste-article", "cmd-paste-article-help", [key(Key::V).ctrl()];
    C::NewProject, File, Everywhere, false, "new-project", "cmd-new-project", "cmd-new-project-help", [key(Key::N).ctrl().shift()];
    C::OpenProject, File, Everywhere, false, "open-project", "cmd-open-project", "cmd-open-project-help", [key(Key::O).ctrl()];
    C::DemoProject, File, Everywhere, false, "demo-project", "cmd-demo-project", "cmd-demo-project-help", [key(Key::D).ctrl().shift()];
    C::Export, File, Everywhere, true, "export", "cmd-export", "cmd-export-help", [key(Key::E).ctrl()];
    C::SaveCopy, File, Everywhere, true, "save-copy", "cmd-save-copy", "cmd-save-copy-help", [key(Key::S).ctrl().shift()];
    C::CloseProject, File, Everywhere, true, "close-project", "cmd-close-project", "cmd-close-project-help", [key(Key::W).ctrl()];
    C::Quit, File, Everywhere, false, "quit", "cmd-quit", "cmd-quit-help", [key(Key::Q).ctrl()];
    C::Undo, Edit, Panes, true, "undo", "cmd-undo", "cmd-undo-help", [key(Key::Z).ctrl(), key(Key::Z)];
    C::Redo, Edit, Panes, true, "redo", "cmd-redo", "cmd-redo-help", [key(Key::Z).ctrl().shift()];
    C::Delete, Edit, Panes, true, "delete", "cmd-delete", "cmd-delete-help", [key(Key::Delete)];
    C::Note, Edit, Panes, true, "note", "cmd-note", "cmd-note-help", [key(Key::N)];
    C::Flag, Edit, Panes, true, "flag", "cmd-flag", "cmd-flag-help", [key(Key::M)];
    C::ToggleCatalogue, View, Everywhere, true, "catalogue", "cmd-catalogue", "cmd-catalogue-help", [key(Key::B).ctrl()];
    C::ToggleInspector, View, Everywhere, true, "inspector", "cmd-inspector", "cmd-inspector-help", [key(Key::I).ctrl()];
    C::NextPane, View, Everywhere, true, "next-pane", "cmd-next-pane", "cmd-next-pane-help", [key(Key::F6)];
    C::PreviousPane, View, Everywhere, true, "previous-pane", "cmd-previous-pane", "cmd-previous-pane-help", [key(Key::F6).shift()];
    C::ZoomIn, View, Everywhere, true, "zoom-in", "cmd-zoom-in", "cmd-zoom-in-help", [key(Key::Equals).ctrl(), key(Key::Equals).ctrl().shift()];
    C::ZoomOut, View, Everywhere, true, "zoom-out", "cmd-zoom-out", "cmd-zoom-out-help", [key(Key::Minus).ctrl()];
    C::ZoomReset, View, Everywhere, true, "zoom-reset", "cmd-zoom-reset", "cmd-zoom-reset-help", [key(Key::Num0).ctrl()];
    C::InterfaceZoomIn, View, Everywhere, false, "interface-zoom-in", "cmd-interface-zoom-in", "cmd-interface-zoom-in-help", [key(Key::Equals).ctrl().alt()];
    C::InterfaceZoomOut, View, Everywhere, false, "interface-zoom-out", "cmd-interface-zoom-out", "cmd-interface-zoom-out-help", [key(Key::Minus).ctrl().alt()];
    C::InterfaceZoomReset, View, Everywhere, false, "interface-zoom-reset", "cmd-interface-zoom-reset", "cmd-interface-zoom-reset-help", [key(Key::Num0).ctrl().alt()];
    C::Beside, View, Panes, true, "beside", "cmd-beside", "cmd-beside-help", [key(Key::L)];
    C::FrontLayer, View, Panes, true, "front-layer", "cmd-front-layer", "cmd-front-layer-help", [key(Key::V)];
    C::Invisibles, View, Everywhere, true, "invisibles", "cmd-invisibles", "cmd-invisibles-help", [key(Key::I).ctrl().shift()];
    C::ToggleTheme, View, Everywhere, false, "theme", "cmd-theme", "cmd-theme-help", [key(Key::T).ctrl().shift()];
    C::HighContrast, View, Everywhere, false, "high-contrast", "cmd-high-contrast", "cmd-high-contrast-help", [];
    C::ToggleLanguage, View, Everywhere, false, "language", "cmd-language", "cmd-language-help", [key(Key::L).ctrl().shift()];
    C::StartEdge, Annotate, Panes, true, "start-edge", "cmd-start-edge", "cmd-start-edge-help", [key(Key::OpenBracket)];
    C::StartEdgeBack, Annotate, Panes, true, "start-edge-back", "cmd-start-edge-back", "cmd-start-edge-back-help", [key(Key::OpenBracket).alt()];
    C::EndEdge, Annotate, Panes, true, "end-edge", "cmd-end-edge", "cmd-end-edge-help", [key(Key::CloseBracket)];
    C::EndEdgeBack, Annotate, Panes, true, "end-edge-back", "cmd-end-edge-back", "cmd-end-edge-back-help", [key(Key::CloseBracket).alt()];
    C::EdgeLeft, Annotate, Panes, true, "edge-left", "cmd-edge-left", "cmd-edge-left-help", [key(Key::ArrowLeft).alt()];
    C::EdgeRight, Annotate, Panes, true, "edge-right", "cmd-edge-right", "cmd-edge-right-help", [key(Key::ArrowRight).alt()];
    C::EdgeWordLeft, Annotate, Panes, true, "edge-word-left", "cmd-edge-word-left", "cmd-edge-word-left-help", [key(Key::ArrowLeft).ctrl().alt()];
    C::EdgeWordRight, Annotate, Panes, true, "edge-word-right", "cmd-edge-word-right", "cmd-edge-word-right-help", [key(Key::ArrowRight).ctrl().alt()];
    C::AddFragment, Annotate, Panes, true, "add-fragment", "cmd-add-fragment", "cmd-add-fragment-help", [key(Key::D).ctrl()];
    C::NewClaim, Annotate, Panes, true, "new-claim", "cmd-new-claim", "cmd-new-claim-help", [key(Key::C)];
    C::ClaimCue, Annotate, Panes, true, "claim-cue", "cmd-claim-cue", "cmd-claim-cue-help", [key(Key::U)];
    C::ClaimSource, Annotate, Panes, true, "claim-source", "cmd-claim-source", "cmd-claim-source-help", [key(Key::S)];
    C::NewStance, Annotate, Panes, true, "new-stance", "cmd-new-stance", "cmd-new-stance-help", [key(Key::T)];
    C::Outward, Annotate, Panes, true, "outward", "cmd-outward", "cmd-outward-help", [key(Key::Tab)];
    C::Inward, Annotate, Panes, true, "inward", "cmd-inward", "cmd-inward-help", [key(Key::Tab).shift()];
    C::Entity, Annotate, Panes, true, "entity", "cmd-entity", "cmd-entity-help", [key(Key::K)];
    C::EntityPage, Annotate, Panes, true, "entity-page", "cmd-entity-page", "cmd-entity-page-help", [key(Key::K).shift()];
    C::ParagraphDirection, Annotate, Panes, true, "paragraph-direction", "cmd-paragraph-direction", "cmd-paragraph-direction-help", [];
    C::TakeOther, Annotate, Panes, true, "take-other", "cmd-take-other", "cmd-take-other-help", [key(Key::A)];
    C::SeenClash, Annotate, Panes, true, "seen-clash", "cmd-seen-clash", "cmd-seen-clash-help", [key(Key::X)];
    C::DismissFinding, Annotate, Panes, true, "dismiss-finding", "cmd-dismiss-finding", "cmd-dismiss-finding-help", [];
    C::Palette, Find, Everywhere, false, "palette", "cmd-palette", "cmd-palette-help", [key(Key::K).ctrl()];
    C::Filter, Find, Panes, true, "filter", "cmd-filter", "cmd-filter-help", [key(Key::Slash)];
    C::DoneAndNext, Project, Everywhere, true, "done-and-next", "cmd-done-and-next", "cmd-done-and-next-help", [key(Key::Enter).ctrl()];
    C::PreviousArticle, Project, Everywhere, true, "previous-article", "cmd-previous-article", "cmd-previous-article-help", [key(Key::PageUp).ctrl()];
    C::NextArticle, Project, Everywhere, true, "next-article", "cmd-next-article", "cmd-next-article-help", [key(Key::PageDown).ctrl()];
    C::History, Project, Everywhere, true, "history", "cmd-history", "cmd-history-help", [key(Key::H).ctrl()];
    C::ImportScheme, Project, Everywhere, true, "import-scheme", "cmd-import-scheme", "cmd-import-scheme-help", [];
    C::TakeOver, Project, Everywhere, true, "take-over", "cmd-take-over", "cmd-take-over-help", [];
    C::NextUnfinished, Project, Everywhere, true, "next-unfinished", "cmd-next-unfinished", "cmd-next-unfinished-help", [key(Key::PageDown).ctrl().shift()];
    C::AssignmentPlan, Project, Everywhere, true, "assignment", "cmd-assignment", "cmd-assignment-help", [];
    C::FindRepeated, Project, Everywhere, true, "find-repeated", "cmd-find-repeated", "cmd-find-repeated-help", [];
    C::SkipRepeated, Project, Everywhere, true, "skip-repeated", "cmd-skip-repeated", "cmd-skip-repeated-help", [];
    C::AttachKnowledge, Project, Everywhere, true, "attach-knowledge", "cmd-attach-knowledge", "cmd-attach-knowledge-help", [];
    C::DetachKnowledge, Project, Everywhere, true, "detach-knowledge", "cmd-detach-knowledge", "cmd-detach-knowledge-help", [];
    C::Statistics, Project, Everywhere, true, "statistics", "cmd-statistics", "cmd-statistics-help", [];
    C::Imports, Project, Everywhere, true, "imports", "cmd-imports", "cmd-imports-help", [];
    C::WhoAmI, Project, Everywhere, true, "who-am-i", "cmd-who-am-i", "cmd-who-am-i-help", [];
    C::Settings, Project, Everywhere, false, "settings", "cmd-settings", "cmd-settings-help", [key(Key::Comma).ctrl()];
    C::HelpHere, Help, Everywhere, false, "help-here", "cmd-help-here", "cmd-help-here-help", [key(Key::F1)];
    C::Keymap, Help, Everywhere, false, "keymap", "cmd-keymap", "cmd-keymap-help", [key(Key::F1).shift()];
    C::About, Help, Everywhere, false, "about", "cmd-about", "cmd-about-help", [];
];

const LABEL_NAMES: [&str; 22] = [
    "label-1",
    "label-2",
    "label-3",
    "label-4",
    "label-5",
    "label-6",
    "label-7",
    "label-8",
    "label-9",
    "label-0",
    "label-minus",
    "label-shift-1",
    "label-shift-2",
    "label-shift-3",
    "label-shift-4",
    "label-shift-5",
    "label-shift-6",
    "label-shift-7",
    "label-shift-8",
    "label-shift-9",
    "label-shift-0",
    "label-shift-minus",
];

const FIELD_NAMES: [&str; 16] = [
    "field-1",
    "field-2",
    "field-3",
    "field-4",
    "field-5",
    "field-6",
    "field-7",
    "field-8",
    "field-back-1",
    "field-back-2",
    "field-back-3",
    "field-back-4",
    "field-back-5",
    "field-back-6",
    "field-back-7",
    "field-back-8",
];

/// One chord per static slice, because a spec holds its keys by reference.
static LABEL_CHORDS: [[Chord; 1]; 22] = {
    let mut chords = [[Chord::plain(Key::Num1)]; 22];
    let mut at = 0;
    while at < 22 {
        let plain = Chord::plain(STRIP_KEYS[at % 11]);
        chords[at] = [if at < 11 { plain } else { plain.shift() }];
        at += 1;
    }
    chords
};

static FIELD_CHORDS: [[Chord; 1]; 16] = {
    let mut chords = [[Chord::plain(Key::Q)]; 16];
    let mut at = 0;
    while at < 16 {
        let plain = Chord::plain(FIELD_KEYS[at % 8]);
        chords[at] = [if at < 8 { plain } else { plain.shift() }];
        at += 1;
    }
    chords
};

const NO_SPEC: CommandSpec = CommandSpec {
    id: C::Label(0),
    name: "",
    title: "cmd-label",
    help: "cmd-label-help",
    menu: Menu::Annotate,
    scope: Scope::Panes,
    keys: &[],
    needs_project: true,
};

static LABELS: [CommandSpec; 22] = {
    let mut specs = [NO_SPEC; 22];
    let mut at = 0;
    while at < 22 {
        specs[at].id = C::Label(at as u8);
        specs[at].name = LABEL_NAMES[at];
        specs[at].keys = &LABEL_CHORDS[at];
        at += 1;
    }
    specs
};

static FIELDS: [CommandSpec; 16] = {
    let mut specs = [NO_SPEC; 16];
    let mut at = 0;
    while at < 16 {
        let back = at >= 8;
        specs[at].id = if back { C::FieldBack(at as u8 - 8) } else { C::Field(at as u8) };
        specs[at].name = FIELD_NAMES[at];
        specs[at].title = if back { "cmd-field-back" } else { "cmd-field" };
        specs[at].help = if back { "cmd-field-back-help" } else { "cmd-field-help" };
        specs[at].keys = &FIELD_CHORDS[at];
        at += 1;
    }
    specs
};

const BESIDE_NAMES: [&str; 9] =
    ["beside-1", "beside-2", "beside-3", "beside-4", "beside-5", "beside-6", "beside-7", "beside-8", "beside-9"];

static BESIDE: [CommandSpec; 9] = {
    let mut specs = [NO_SPEC; 9];
    let mut at = 0;
    while at < 9 {
        specs[at].id = C::BesideOf(at as u8);
        specs[at].name = BESIDE_NAMES[at];
        specs[at].title = "cmd-beside-of";
        specs[at].help = "cmd-beside-help";
        specs[at].menu = Menu::View;
        specs[at].scope = Scope::Everywhere;
        at += 1;
    }
    specs
};

/// All commands, in menu order.
pub fn all() -> impl Iterator<Item = &'static CommandSpec> {
    PLAIN.iter().chain(BESIDE.iter()).chain(LABELS.iter()).chain(FIELDS.iter())
}

impl CommandId {
    /// What is known about it.
    #[must_use]
    pub fn spec(self) -> &'static CommandSpec {
        all().find(|spec| spec.id == self).unwrap_or(&UNKNOWN)
    }

    /// Whether the reader carries it out, rather than the window.
    #[must_use]
    pub fn is_for_reader(self) -> bool {
        matches!(
            self,
            C::Delete
                | C::Label(_)
                | C::StartEdge
                | C::StartEdgeBack
                | C::EndEdge
                | C::EndEdgeBack
                | C::EdgeLeft
                | C::EdgeRight
                | C::EdgeWordLeft
                | C::EdgeWordRight
                | C::AddFragment
                | C::Outward
                | C::NewClaim
                | C::ClaimCue
                | C::ClaimSource
                | C::NewStance
                | C::Inward
                | C::ParagraphDirection
        )
    }
}

static UNKNOWN: CommandSpec = NO_SPEC;

/// What a panel asks the window to do. Applied between frames.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum UiCommand {
    /// As if its key had been pressed.
    Do(CommandId),
    /// Change the project. A mention that it makes gets the focus.
    Run(Box<crate::session::Command>),
    /// Several changes, one after the other; the rest is dropped if one fails.
    RunAll(Vec<crate::session::Command>),
    /// Make an entity and say that a mention refers to it.
    NewEntity {
        /// Where the mention stands.
        article: ArticleId,
        /// The mention.
        mention: MentionId,
        /// The entity; its id is empty.
        entity: Box<crate::model::Entity>,
    },
    /// Merge, split or move: a command about very many articles, carried out between frames.
    Wide(Box<crate::session::Command>),
    /// Read this file as the knowledge base of the project.
    AttachKnowledge(std::path::PathBuf),
    /// Show the page of an entity.
    ShowEntity(crate::model::EntityId),
    /// Open a project.
    OpenProject {
        /// Its folder.
        path: std::path::PathBuf,
        /// As whom, if that is known.
        annotator: Option<String>,
    },
    /// Open the project that is open as somebody else.
    OpenAs {
        /// Its folder.
        path: std::path::PathBuf,
        /// As whom.
        annotator: String,
        /// The name that the person has given, if it is another than what stands.
        name: Option<String>,
    },
    /// Make a project and open it; files and pasted text that wait go into it.
    CreateProject {
        /// Its folder, absent or empty.
        path: std::path::PathBuf,
        /// Its name.
        name: String,
        /// Name of a shipped scheme.
        scheme: String,
        /// Who annotates.
        annotator: String,
    },
    /// Bring files into the project, or into a new one.
    ImportPaths(Vec<std::path::PathBuf>),
    /// Bring a pasted text into the project, or into a new one.
    ImportPasted {
        /// Headline; may be empty.
        title: String,
        /// The text.
        text: String,
    },
    /// Read the files that wait in this encoding.
    UseEncoding(&'static str),
    /// Show the system's file dialog, or ask for a path.
    Browse(super::ctx::PathPurpose),
    /// Write a complete copy of the project into this folder, absent or empty.
    SaveCopy(std::path::PathBuf),
    /// Change many articles in the same way.
    Bulk {
        /// How.
        change: crate::session::BulkChange,
        /// Which.
        articles: Vec<ArticleId>,
    },
    /// Give articles to one annotator in the assignment plan.
    Assign {
        /// To whom.
        annotator: crate::model::AnnotatorId,
        /// Which.
        articles: Vec<ArticleId>,
    },
    /// Make an assignment plan current.
    MakePlan(Box<crate::model::AssignmentPlan>),
    /// End the assignment plan.
    DropPlan,
    /// Stop the work on many articles that is under way.
    StopWork,
    /// Write the project in an exchange format, on a thread of its own.
    Export {
        /// What.
        request: crate::session::ExportRequest,
        /// The file or folder.
        target: std::path::PathBuf,
    },
    /// Work out what an export would be, for its dialog.
    PreviewExport(crate::session::ExportRequest),
    /// Put a place for the chosen format into the export dialog.
    SuggestExportPlace,
    /// Stop the export that is under way.
    StopExport,
    /// Read what was brought in, for its dialog.
    ListImports,
    /// Count the statistics again.
    CountAgain,
    /// Stop counting the statistics.
    StopCounting,
    /// Stop the import that is under way.
    StopImport,
    /// Become the writer, if the process that wrote as the same annotator is gone.
    TakeOver,
    /// Give a command another key, or none.
    Rebind(CommandId, Option<Chord>),
    /// Give all commands their own keys back.
    ResetKeys,
    /// Open this article.
    OpenArticle(ArticleId),
    /// Give this mention, or none, the focus.
    Focus(Option<AnnotationId>),
    /// Open this article and show a place in it: a mention that is still there, or else a part of the text.
    ShowPlace {
        /// The article.
        article: ArticleId,
        /// The mention.
        what: Option<AnnotationId>,
        /// The part.
        span: Option<Span>,
    },
    /// Show the list of clashes.
    ShowClashes,
    /// Show a thing of the project where it stands in the text.
    ShowValue(Box<crate::edit::Place>),
    /// Take the file of a scheme into the project, and make it current.
    ImportScheme(std::path::PathBuf),
    /// Take back what a line of the history did; a refusal is said in the history panel.
    Revert(LineId),
    /// Scroll the reader to this part of the open article.
    Reveal(Span),
    /// Show a sentence for a few seconds; with *Undo* if `undo`.
    Toast {
        /// The sentence.
        text: String,
        /// Whether the last change can be taken back from it.
        undo: bool,
    },
    /// Ask a question.
    Dialog(super::ctx::Dialog),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_chords_survive_writing() {
        let mut names: Vec<&str> = all().map(|spec| spec.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for chord in all().flat_map(|spec| spec.keys) {
            assert_eq!(Chord::from_text(&chord.to_text()), Some(*chord), "{}", chord.to_text());
        }
    }

    #[test]
    fn captions() {
        assert_eq!(C::DemoProject.spec().keys[0].caption(), "Ctrl \u{21e7} D");
        assert_eq!(C::Label(10).spec().keys[0].caption(), "-");
        assert_eq!(C::DoneAndNext.spec().keys[0].caption(), "Ctrl \u{21b5}");
    }

    #[test]
    fn no_two_defaults_clash() {
        let mut chords: Vec<(Chord, &str)> =
            all().flat_map(|spec| spec.keys.iter().map(|chord| (*chord, spec.name))).collect();
        chords.sort();
        for pair in chords.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{} and {}", pair[0].1, pair[1].1);
        }
    }
}
