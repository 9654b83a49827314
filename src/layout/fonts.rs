//! The bundled fonts, the process-wide list of font files, and the fallback chain of every face.

use super::style::Face;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, FontWeight, SourceCache};
use parley::{FontContext, FontFamily, FontFamilyName};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

const NASKH: &str = "Noto Naskh Arabic";
const AMIRI: &str = "Amiri";
const NASTALIQ: &str = "Noto Nastaliq Urdu";
const SANS: &str = "Noto Sans";
const SANS_ARABIC: &str = "Noto Sans Arabic";
const SANS_HEBREW: &str = "Noto Sans Hebrew";

struct Bundled {
    family: &'static str,
    bold: bool,
    bytes: &'static [u8],
}

macro_rules! bundled {
    ($family:expr, $bold:literal, $file:literal) => {
        Bundled { family: $family, bold: $bold, bytes: include_bytes!(concat!("../../assets/fonts/", $file)) }
    };
}

static BUNDLED: [Bundled; 11] = [
    bundled!(NASKH, false, "NotoNaskhArabic-Regular.ttf"),
    bundled!(NASKH, true, "NotoNaskhArabic-Bold.ttf"),
    bundled!(SANS, false, "NotoSans-Regular.ttf"),
    bundled!(SANS, true, "NotoSans-Bold.ttf"),
    bundled!(SANS_ARABIC, false, "NotoSansArabic-Regular.ttf"),
    bundled!(SANS_ARABIC, true, "NotoSansArabic-Bold.ttf"),
    bundled!(SANS_HEBREW, false, "NotoSansHebrew-Regular.ttf"),
    bundled!(SANS_HEBREW, true, "NotoSansHebrew-Bold.ttf"),
    bundled!(NASTALIQ, false, "NotoNastaliqUrdu-Regular.ttf"),
    bundled!(AMIRI, false, "Amiri-Regular.ttf"),
    bundled!(AMIRI, true, "Amiri-Bold.ttf"),
];

/// Names one font of one file, the same in every [`super::Engine`] of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(u32);

impl FontId {
    /// A number to build cache keys with.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// Why font bytes cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FontError {
    /// The bytes are no font.
    #[error("these {len_bytes} bytes are not a TrueType or OpenType font; choose a .ttf, .otf or .ttc file")]
    NotAFont {
        /// How many bytes were given.
        len_bytes: usize,
    },
}

/// The bytes of a font file and which of its fonts is meant.
#[derive(Clone)]
pub struct FontFile {
    blob: Blob<u8>,
    index: u32,
}

impl FontFile {
    /// The whole file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.blob.data()
    }

    /// Number of the font in a collection; 0 for a single font.
    #[must_use]
    pub const fn index(&self) -> u32 {
        self.index
    }
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FontFile").field("len_bytes", &self.blob.len()).field("index", &self.index).finish()
    }
}

/// All fonts met so far. It only grows, so a [`FontId`] stays valid, and a paragraph made by a worker thread can be
/// painted by another.
fn registry() -> &'static RwLock<Vec<FontFile>> {
    static REGISTRY: OnceLock<RwLock<Vec<FontFile>>> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        RwLock::new(bundled_blobs().iter().map(|blob| FontFile { blob: blob.clone(), index: 0 }).collect())
    })
}

fn bundled_blobs() -> &'static [Blob<u8>] {
    static BLOBS: OnceLock<Vec<Blob<u8>>> = OnceLock::new();
    BLOBS.get_or_init(|| BUNDLED.iter().map(|font| Blob::new(Arc::new(font.bytes))).collect())
}

/// The file behind a [`FontId`].
#[must_use]
pub fn font_file(id: FontId) -> Option<FontFile> {
    registry().read().unwrap_or_else(PoisonError::into_inner).get(usize::try_from(id.0).ok()?).cloned()
}

/// The bytes of every bundled file.
pub(super) fn bundled_bytes() -> impl Iterator<Item = &'static [u8]> {
    BUNDLED.iter().map(|font| font.bytes)
}

/// The id of a font that parley chose.
pub(super) fn font_id(font: &parley::FontData) -> FontId {
    let find =
        |fonts: &[FontFile]| fonts.iter().position(|file| file.blob.id() == font.data.id() && file.index == font.index);
    let at = find(&registry().read().unwrap_or_else(PoisonError::into_inner));
    let at = at.unwrap_or_else(|| {
        let mut fonts = registry().write().unwrap_or_else(PoisonError::into_inner);
        find(&fonts).unwrap_or_else(|| {
            fonts.push(FontFile { blob: font.data.clone(), index: font.index });
            fonts.len() - 1
        })
    });
    FontId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// A parley font context that knows the bundled fonts and never asks the system.
pub(super) fn bundled_context() -> FontContext {
    let collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    let mut context = FontContext { collection, source_cache: SourceCache::default() };
    for (font, blob) in BUNDLED.iter().zip(bundled_blobs()) {
        let weight = if font.bold { FontWeight::BOLD } else { FontWeight::NORMAL };
        let info = FontInfoOverride { family_name: Some(font.family), weight: Some(weight), ..Default::default() };
        context.collection.register_fonts(blob.clone(), Some(info));
    }
    context
}

/// Adds the fonts of a file to a context; gives the names of its families.
pub(super) fn register(context: &mut FontContext, bytes: &Arc<[u8]>) -> Result<Vec<String>, FontError> {
    let known = {
        let fonts = registry().read().unwrap_or_else(PoisonError::into_inner);
        fonts.iter().find(|file| std::ptr::eq(file.blob.data(), &raw const **bytes)).map(|file| file.blob.clone())
    };
    let blob = known.unwrap_or_else(|| Blob::new(Arc::new(Arc::clone(bytes))));
    let new_name = clash(&blob).map(|name| format!("{name} (added)"));
    let info = new_name.as_deref().map(|name| FontInfoOverride { family_name: Some(name), ..Default::default() });
    let added = context.collection.register_fonts(blob.clone(), info);
    if added.is_empty() {
        return Err(FontError::NotAFont { len_bytes: bytes.len() });
    }
    let mut names = Vec::new();
    for (family, fonts) in added {
        for info in fonts {
            font_id(&parley::FontData::new(blob.clone(), info.index()));
        }
        names.extend(context.collection.family_name(family).map(str::to_owned));
    }
    Ok(names)
}

/// The bundled family that a file calls itself like: under that name it would change how the bundled one looks.
fn clash(blob: &Blob<u8>) -> Option<String> {
    let mut names = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    let families = names.register_fonts(blob.clone(), None);
    let mut names = families.iter().filter_map(|(family, _)| names.family_name(*family).map(str::to_owned));
    names.find(|name| BUNDLED.iter().any(|font| font.family == name))
}

/// The families of a face in the order in which they are asked for a glyph.
fn chain(face: Face) -> [&'static str; 6] {
    match face {
        Face::Naskh => [NASKH, SANS, SANS_HEBREW, AMIRI, SANS_ARABIC, NASTALIQ],
        Face::Amiri => [AMIRI, SANS, SANS_HEBREW, NASKH, SANS_ARABIC, NASTALIQ],
        Face::Nastaliq => [NASTALIQ, SANS, SANS_HEBREW, NASKH, AMIRI, SANS_ARABIC],
        Face::Sans => [SANS, SANS_ARABIC, SANS_HEBREW, NASKH, AMIRI, NASTALIQ],
    }
}

/// That chain with the families that were added on request behind it.
pub(super) fn family(face: Face, added: &[String]) -> FontFamily<'_> {
    let names = chain(face).into_iter().map(FontFamilyName::named);
    FontFamily::List(names.chain(added.iter().map(|name| FontFamilyName::named(name.as_str()))).collect())
}

/// Ascent and descent of a face per pixel of size, both positive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extents {
    pub ascent: f32,
    pub descent: f32,
}

/// The extents of a face's first font: they place the baseline of every line, whatever fallbacks the line needs.
pub(super) fn extents(face: Face) -> Extents {
    static EXTENTS: OnceLock<[Extents; 4]> = OnceLock::new();
    let all = EXTENTS.get_or_init(|| {
        Face::ALL.map(|face| {
            let [first, ..] = chain(face);
            let bytes = BUNDLED.iter().find(|font| font.family == first && !font.bold).map(|font| font.bytes);
            let metrics = bytes.and_then(|bytes| swash::FontRef::from_index(bytes, 0)).map(|font| font.metrics(&[]));
            metrics.filter(|metrics| metrics.units_per_em > 0).map_or(
                Extents { ascent: 1.0, descent: 0.3 },
                |metrics| {
                    let em = f32::from(metrics.units_per_em);
                    Extents { ascent: metrics.ascent / em, descent: metrics.descent / em }
                },
            )
        })
    });
    match face {
        Face::Naskh => all[0],
        Face::Amiri => all[1],
        Face::Nastaliq => all[2],
        Face::Sans => all[3],
    }
}
