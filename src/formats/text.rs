//! Plain text: one article per file.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::decode::{Decoded, decode};
use super::jsonl::sha256_hex;
use super::{Exporter, Findings, ImportOptions, LossReport, Output, SourceFile, guess_language};
use crate::model::{
    AnnotationSet, ArticleFacts, ArticleKey, Diagnostic, Exchange, ExchangeArticle, ExchangeProject, RegionKind,
    Severity, detect_regions,
};

/// What a file is called as an article: its base name in NFC, so that every platform says the same.
#[must_use]
pub fn key_from_file_name(path: &str) -> String {
    let base = path.rsplit(['/', '\\']).next().unwrap_or(path);
    base.nfc().collect()
}

/// Reads one text file as one article.
#[must_use]
pub fn read(file: &SourceFile<'_>, options: &ImportOptions) -> (Exchange, Vec<Diagnostic>) {
    let mut findings = Findings::new(file.name, options.limits.diagnostics);
    let decoded = match decode(file.bytes, options.encoding.as_deref()) {
        Ok(decoded) => decoded,
        Err(error) => {
            findings.add(Severity::Error, "undecodable", error.to_string());
            return (Exchange::default(), findings.finish());
        }
    };
    if decoded.text.trim().is_empty() {
        findings.add(Severity::Error, "empty_file", "the file has no text");
        return (Exchange::default(), findings.finish());
    }
    if !decoded.sure {
        findings.add(Severity::Warning, "encoding_guessed", guess_message(&decoded));
    }
    let key = ArticleKey::File(key_from_file_name(file.name));
    let mut article = article_from_text(key, decoded.text);
    article.facts.source_sha256 = sha256_hex(file.bytes);
    article.source = decoded.changed.then(|| file.bytes.to_vec());
    (Exchange { project: ExchangeProject::default(), articles: vec![article] }, findings.finish())
}

fn guess_message(decoded: &Decoded) -> String {
    let others: Vec<String> =
        decoded.alternatives.iter().map(|other| format!("{} would read {:?}", other.encoding, other.preview)).collect();
    let others = if others.is_empty() { "nothing else fits".to_owned() } else { others.join("; ") };
    format!("the encoding was guessed as {} and may be wrong; {others}; name it with --encoding", decoded.encoding)
}

/// An article of pasted text; `None` where there is none. CR LF becomes LF.
#[must_use]
pub fn pasted_article(text: &str) -> Option<ExchangeArticle> {
    if text.trim().is_empty() || text.contains('\0') {
        return None;
    }
    let stored = text.replace("\r\n", "\n");
    let mut article = article_from_text(ArticleKey::None, stored);
    article.facts.source_sha256 = sha256_hex(text.as_bytes());
    article.source = (text != &*article.text).then(|| text.as_bytes().to_vec());
    Some(article)
}

fn article_from_text(key: ArticleKey, text: String) -> ExchangeArticle {
    let found = detect_regions(&text);
    let mut facts = ArticleFacts::of(key, &text);
    let title = found.regions.iter().find(|region| region.kind == RegionKind::Title && region.include);
    facts.title = title.and_then(|region| region.span.slice(&text)).unwrap_or_default().trim().to_owned();
    facts.regions = found.regions;
    facts.quality_flags = found.quality_flags;
    guess_language(&text).clone_into(&mut facts.language);
    let name = facts.name().to_owned();
    ExchangeArticle {
        name,
        facts,
        text: Arc::from(text),
        source: None,
        paragraph_directions: BTreeMap::new(),
        sets: BTreeMap::new(),
    }
}

/// Makes the exporter: the texts exactly as stored.
#[must_use]
pub fn exporter() -> Box<dyn Exporter> {
    Box::<TextExporter>::default()
}

#[derive(Default)]
struct TextExporter {
    loss: LossReport,
}

impl Exporter for TextExporter {
    fn output(&self) -> Output {
        Output::FilePerArticle { ending: ".txt" }
    }

    fn survey(&mut self, article: &ExchangeArticle) {
        for (annotator, set) in &article.sets {
            self.survey_set(&article.name, annotator.as_str(), set);
        }
    }

    fn loss(&self) -> LossReport {
        self.loss.clone()
    }

    fn begin(&mut self, _project: &ExchangeProject) -> String {
        String::new()
    }

    fn article(&mut self, article: &ExchangeArticle) -> String {
        article.text.to_string()
    }
}

impl TextExporter {
    fn survey_set(&mut self, article: &str, annotator: &str, set: &AnnotationSet) {
        let place = |id: &str| format!("{article}/{annotator}/{id}");
        for id in set.mentions.keys() {
            self.loss.add("mentions", place(id.as_str()));
        }
        for id in set.claims.keys() {
            self.loss.add("claims", place(id.as_str()));
        }
        for id in set.stances.keys() {
            self.loss.add("stances", place(id.as_str()));
        }
        if !set.note.is_empty() || !set.fields.is_empty() {
            self.loss.add("article fields and notes", format!("{article}/{annotator}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_bytes(name: &str, bytes: &[u8]) -> (Exchange, Vec<Diagnostic>) {
        read(&SourceFile { name, bytes }, &ImportOptions::default())
    }

    #[test]
    fn a_text_file_is_one_article_named_by_its_base_name() {
        // e and a combining acute, as macOS writes file names
        let (exchange, diagnostics) = read_bytes("folder/cafe\u{301}.txt", b"Hello\r\nthere");
        let article = &exchange.articles[0];
        assert!(diagnostics.is_empty());
        assert_eq!(article.name, "caf\u{E9}.txt");
        assert_eq!(&*article.text, "Hello\nthere");
        assert_eq!(article.source.as_deref(), Some(&b"Hello\r\nthere"[..]));
        assert_eq!(article.facts.source_sha256, sha256_hex(b"Hello\r\nthere"));
    }

    #[test]
    fn what_is_no_text_is_a_finding() {
        let codes = |bytes: &[u8]| -> Vec<&str> {
            let (exchange, diagnostics) = read_bytes("a.txt", bytes);
            assert!(exchange.articles.is_empty());
            diagnostics.iter().map(|finding| finding.code).collect()
        };
        assert_eq!(codes(b"a\0b"), ["undecodable"]);
        assert_eq!(codes(b" \n"), ["empty_file"]);
    }

    #[test]
    fn pasted_text_has_no_key() {
        let article = pasted_article("a\r\nb").unwrap();
        assert_eq!((article.facts.key, &*article.text), (ArticleKey::None, "a\nb"));
        assert_eq!(article.name, article.facts.id.as_str());
        assert!(pasted_article(" ").is_none());
    }
}
