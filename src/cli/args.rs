//! The arguments of every command.

use std::path::PathBuf;

/// Annotate entities, claims and stance in news, Arabic first. Without a command, the window opens.
#[derive(Debug, clap::Parser)]
#[command(name = "hashiya", version, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Args {
    /// A project folder (or its project.ron), or articles to make a project of.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Print one machine-readable document on standard output.
    #[arg(long, global = true)]
    pub json: bool,
    /// No messages but errors.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make an empty project.
    New(New),
    /// Make the demo project: short articles in five languages, partly annotated.
    Demo(Demo),
    /// Add articles and annotations to a project.
    Import(Import),
    /// Write articles and annotations in an exchange format.
    Export(Export),
    /// List the articles, or show one with its annotations.
    Show(Show),
    /// Verify hashes, quotes, offsets, references and the journal.
    Check(Check),
    /// Who did what, when, with the values before and after.
    History(History),
    /// Counts per label, status and annotator, and articles finished per day.
    Stats(Stats),
    /// Apply commands from a script, one JSON object a line.
    Annotate(Annotate),
    /// What the text functions say of a plain text; needs no project.
    Inspect(Inspect),
    /// Print where every line and letter of a text stands, as the reader lays it out.
    #[cfg(feature = "gui")]
    Layout(super::layout::LayoutArgs),
    /// Print completions for a shell.
    #[command(hide = true)]
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    #[command(hide = true)]
    Manual,
}

/// `hashiya new`
#[derive(Debug, clap::Args)]
pub struct New {
    /// An absent or empty folder.
    pub dir: PathBuf,
    /// Name of the project; the folder's name where absent.
    #[arg(long)]
    pub name: Option<String>,
    /// A shipped scheme (news, ace2005, ontonotes5, conll2003, wojood21), a FILE.ron, or an exported .hashiya.jsonl.
    #[arg(long, default_value = "news")]
    pub scheme: String,
    /// Who annotates first.
    #[arg(long, value_name = "ID", default_value = "ann-01")]
    pub annotator: String,
}

/// `hashiya demo`
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// An absent or empty folder.
    pub dir: PathBuf,
}

/// `hashiya import`
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The project.
    pub dir: PathBuf,
    /// Files, or folders whose regular files are read.
    #[arg(required = true, value_name = "FILE|FOLDER")]
    pub files: Vec<PathBuf>,
    /// Format of the files; told from their names where absent.
    #[arg(long, value_name = "NAME")]
    pub format: Option<String>,
    /// As whom.
    #[arg(long, value_name = "ID")]
    pub annotator: Option<String>,
    /// What the annotations in the files are.
    #[arg(long = "as", value_name = "KIND", default_value = "annotations", value_parser = ["annotations", "suggestions"])]
    pub kind: String,
    /// Where a field of an article stands in a record.
    #[arg(long, value_name = "FIELD=PATH")]
    pub map: Vec<String>,
    /// Rename a label on the way in.
    #[arg(long, value_name = "FROM=TO")]
    pub label: Vec<String>,
    /// Unit of offsets, where the file does not say.
    #[arg(long, value_parser = ["codepoint", "utf16", "byte", "grapheme"])]
    pub unit: Option<String>,
    /// Encoding of the files, for example windows-1256.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Only say what would be imported.
    #[arg(long)]
    pub dry_run: bool,
}

/// `hashiya export`
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The project.
    pub dir: PathBuf,
    /// hashiya-jsonl or text.
    #[arg(long, value_name = "NAME")]
    pub format: String,
    /// A file, or a folder for formats of one file per article.
    #[arg(long, value_name = "PATH", required_unless_present = "dry_run")]
    pub out: Option<PathBuf>,
    /// Only these annotators.
    #[arg(long, value_name = "ID")]
    pub annotator: Vec<String>,
    /// Only articles that one of the chosen annotators has in one of these states.
    #[arg(long, value_name = "STATUS", value_parser = ["new", "in_progress", "done", "in_review", "adjudicated", "skipped"])]
    pub status: Vec<String>,
    /// Only say what the format cannot carry.
    #[arg(long)]
    pub dry_run: bool,
}

/// `hashiya show`
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The project.
    pub dir: PathBuf,
    /// Name or id of an article.
    pub article: Option<String>,
    /// Whose annotations; everybody's where absent.
    #[arg(long, value_name = "ID")]
    pub annotator: Option<String>,
}

/// `hashiya check`
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The project.
    pub dir: PathBuf,
    /// Set aside what is broken; deletes nothing.
    #[arg(long)]
    pub repair: bool,
    /// List findings that were dismissed as well, with their reasons.
    #[arg(long)]
    pub dismissed: bool,
}

/// `hashiya history`
#[derive(Debug, clap::Args)]
pub struct History {
    /// The project.
    pub dir: PathBuf,
    /// Only what concerns this article (name or id).
    #[arg(long, value_name = "ID")]
    pub article: Option<String>,
    /// Only this annotator.
    #[arg(long, value_name = "ID")]
    pub annotator: Option<String>,
    /// Open clashes: places that two copies changed without knowing of each other.
    #[arg(long, conflicts_with = "revert")]
    pub clashes: bool,
    /// Take back what this line did (its `tx`), by a new transaction; refused where a later change stands on it.
    #[arg(long, value_name = "LINE", conflicts_with_all = ["article", "limit"])]
    pub revert: Option<String>,
    /// At most this many entries, the newest.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// `hashiya stats`
#[derive(Debug, clap::Args)]
pub struct Stats {
    /// The project.
    pub dir: PathBuf,
}

/// `hashiya annotate`
#[derive(Debug, clap::Args)]
pub struct Annotate {
    /// The project.
    pub dir: PathBuf,
    /// One command a line, for example {"add_mention":{"article":"a","label":"PER","spans":[[0,4]]}}.
    #[arg(long, value_name = "FILE.jsonl")]
    pub script: PathBuf,
    /// As whom.
    #[arg(long, value_name = "ID")]
    pub annotator: Option<String>,
}

/// `hashiya inspect`
#[derive(Debug, clap::Args)]
pub struct Inspect {
    /// A text file.
    pub file: PathBuf,
    /// BCP 47; told from the letters where absent.
    #[arg(long)]
    pub language: Option<String>,
    /// A span to show the ladder of.
    #[arg(long, value_name = "START..END")]
    pub span: Vec<String>,
    /// A name that counts as known.
    #[arg(long, value_name = "NAME")]
    pub known: Vec<String>,
    /// Unit of offsets, in and out.
    #[arg(long, default_value = "byte", value_parser = ["byte", "codepoint"])]
    pub unit: String,
    /// Encoding of the file.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
}
