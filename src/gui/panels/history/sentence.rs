//! A change as a sentence, in the interface's language, with the words it is about.

use super::batch::{Alike, is_turned};
use crate::edit::{ArticleFact, Content, Edit, FactKind, Place, Transaction};
use crate::gui::i18n::{Arg, I18n, left_to_right};
use crate::gui::panels::{region_word, status_word};
use crate::model::{
    AnnotationId, ArticleId, AttributeValue, Attributes, Direction, Entity, EntityId, LabelId, Localised, Mention,
    RegionKind, Scheme, localised,
};
use crate::text::Span;

/// Longer quotes are cut.
const QUOTE_CHARS: usize = 90;
/// So many edits of one change are told in full.
const TOLD: usize = 4;

/// What sentences are made with.
pub struct Teller<'a> {
    /// Words.
    pub i18n: &'a I18n,
    /// Names of labels and attributes.
    pub scheme: &'a Scheme,
    /// The name of an entity, if it is known.
    pub entity: &'a dyn Fn(&EntityId) -> Option<String>,
    /// The edits of an earlier line that this one undid.
    pub created: bool,
}

/// A change for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// One sentence.
    pub sentence: String,
    /// The further edits of the change, each a sentence.
    pub more: Vec<String>,
    /// The label whose line stands beside it.
    pub label: Option<LabelId>,
}

impl Teller<'_> {
    /// The sentence of a transaction; of what happened to `article` alone, if one is named and it is about it.
    #[must_use]
    pub fn tell(&self, transaction: &Transaction, article: Option<&ArticleId>) -> Told {
        let of_article = |edit: &&Edit| article.is_none() || edit.place.article() == article;
        let mut edits: Vec<&Edit> = transaction.edits.iter().filter(of_article).collect();
        if edits.is_empty() {
            edits = transaction.edits.iter().collect();
        }
        let turned = is_turned(transaction);
        let mut sentences = edits.iter().take(TOLD).map(|edit| self.as_done(edit, turned));
        let mut sentence = sentences.next().unwrap_or_default();
        let mut more: Vec<String> = sentences.collect();
        let rest = edits.len().saturating_sub(1);
        if let Some(whole) = self.identity(transaction) {
            more.insert(0, std::mem::replace(&mut sentence, whole));
        } else if rest > 0 {
            let what = std::mem::take(&mut sentence);
            more.insert(0, what.clone());
            sentence = self.and_more(&what, rest);
        }
        if edits.len() > TOLD {
            more.push("\u{2026}".to_owned());
        }
        Told { sentence: self.around(transaction, sentence), more, label: edits.first().copied().and_then(label_of) }
    }

    /// The sentence of a batch of `count` edits, told by what they do alike or by the one that comes first.
    #[must_use]
    pub fn tell_batch(&self, transaction: &Transaction, first: &Edit, alike: Option<Alike>, count: usize) -> Told {
        let n = ("n", count.into());
        let sentence = match alike {
            Some(Alike::Status(status)) => {
                self.i18n.with("change-status-many", &[n, ("status", status_word(self.i18n, status).into())])
            }
            Some(Alike::Flag(true)) => self.i18n.with("change-flag-many", &[n]),
            Some(Alike::Flag(false)) => self.i18n.with("change-flag-removed-many", &[n]),
            None => match (transaction.cause.as_str(), &first.after) {
                ("merge_entities", Some(Content::Entity(entity))) => {
                    self.i18n.with("change-merging", &[("name", entity_name(entity, self.i18n).as_str().into())])
                }
                _ => self.and_more(&self.as_done(first, is_turned(transaction)), count.saturating_sub(1)),
            },
        };
        Told { sentence: self.around(transaction, sentence), more: Vec::new(), label: label_of(first) }
    }

    /// The sentence of one edit of a batch.
    #[must_use]
    pub fn tell_part(&self, transaction: &Transaction, edit: &Edit) -> Told {
        let sentence = self.as_done(edit, is_turned(transaction));
        Told { sentence: self.around(transaction, sentence), more: Vec::new(), label: label_of(edit) }
    }

    fn and_more(&self, what: &str, n: usize) -> String {
        self.i18n.with("change-more", &[("what", Arg::Text(what)), ("n", n.into())])
    }

    fn around(&self, transaction: &Transaction, what: String) -> String {
        let id = match transaction.cause.as_str() {
            "undo" => "change-undo",
            "redo" => "change-redo",
            "revert" => "change-revert",
            _ => return what,
        };
        self.i18n.with(id, &[("what", Arg::Text(&what))])
    }

    /// What was taken back is told as it had been done.
    fn as_done(&self, edit: &Edit, turned: bool) -> String {
        let (before, after) = if turned { (&edit.after, &edit.before) } else { (&edit.before, &edit.after) };
        self.edit(&edit.place, before.as_ref(), after.as_ref())
    }

    /// What a merge or a split comes to as a whole; a later part of a large one is told by its edits.
    fn identity(&self, transaction: &Transaction) -> Option<String> {
        let after = |edit: &Edit| match &edit.after {
            Some(Content::Entity(entity)) => Some(entity_name(entity, self.i18n)),
            _ => None,
        };
        let name = transaction.edits.first().and_then(after)?;
        match transaction.cause.as_str() {
            "merge_entities" => {
                let gone = transaction.edits.iter().filter_map(|edit| match (&edit.before, &edit.after) {
                    (Some(Content::Entity(entity)), None) => Some(entity_name(entity, self.i18n)),
                    _ => None,
                });
                let gone = gone.collect::<Vec<_>>().join(self.i18n.text("list-comma"));
                let args = [("others", gone.as_str().into()), ("name", name.as_str().into())];
                Some(if gone.is_empty() {
                    self.i18n.with("change-merging", &[("name", name.as_str().into())])
                } else {
                    self.i18n.with("change-merged", &args)
                })
            }
            "split_entity" => {
                let count = transaction.edits.len().saturating_sub(1);
                Some(self.i18n.with("change-split", &[("name", name.as_str().into()), ("n", count.into())]))
            }
            _ => None,
        }
    }

    /// The sentence of one edit.
    #[must_use]
    pub fn tell_edit(&self, edit: &Edit) -> String {
        self.edit(&edit.place, edit.before.as_ref(), edit.after.as_ref())
    }

    fn edit(&self, place: &Place, before: Option<&Content>, after: Option<&Content>) -> String {
        let i18n = self.i18n;
        match (place, before, after) {
            (Place::Mention(..), Some(Content::Mention(old)), Some(Content::Mention(new))) => self.mention(old, new),
            (Place::Mention(..), None, Some(Content::Mention(new))) => self.labelled("change-mention-added", new),
            (Place::Mention(..), Some(Content::Mention(old)), None) => self.labelled("change-mention-removed", old),
            (Place::Claim(..) | Place::Stance(..), ..) => self.claim_or_stance(place, before, after),
            (Place::Status(_), _, after) => {
                let status = match after {
                    Some(Content::Status(value)) => value.status,
                    _ => crate::model::Status::New,
                };
                i18n.with("change-status", &[("status", status_word(i18n, status).into())])
            }
            (Place::Note(_), _, Some(Content::Note(note))) => {
                i18n.with("change-article-note", &[("note", quoted(note).as_str().into())])
            }
            (Place::Note(_), ..) => i18n.text("change-article-note-removed").to_owned(),
            (Place::Flag(_), _, Some(_)) => i18n.text("change-flag").to_owned(),
            (Place::Flag(_), ..) => i18n.text("change-flag-removed").to_owned(),
            (Place::Dismissed(..), _, Some(Content::Dismissed(reason))) => {
                i18n.with("change-dismissed", &[("reason", quoted(reason).as_str().into())])
            }
            (Place::Dismissed(..), ..) => i18n.text("change-dismissal-removed").to_owned(),
            (Place::DocumentField(_, field), _, after) => {
                let name = self.scheme.document_fields.iter().find(|known| known.id.as_str() == field);
                let name = name.map_or(field.as_str(), |known| localised(&known.name, i18n.language().code()));
                let value = match after {
                    Some(Content::Field(value)) => self.value(value),
                    _ => i18n.text("value-none").to_owned(),
                };
                self.named_value(name, &value)
            }
            (Place::Fact(_, kind), before, after) => self.fact(*kind, before, after),
            (Place::ParagraphDirection(..), ..) => i18n.text("change-paragraph-direction").to_owned(),
            (Place::Region(..), before, after) => self.region(before, after),
            (Place::SentenceOverride(..), ..) => i18n.text("change-sentence").to_owned(),
            _ => self.of_project(place, before, after),
        }
    }

    fn of_project(&self, place: &Place, before: Option<&Content>, after: Option<&Content>) -> String {
        let i18n = self.i18n;
        let name = |content: Option<&Content>| match content {
            Some(Content::Entity(entity)) => entity_name(entity, i18n),
            Some(Content::Cluster(cluster)) => cluster.id.to_string(),
            Some(Content::Topic(topic)) => first(&topic.wording, i18n),
            Some(Content::Profile(profile)) => profile.display_name.clone(),
            _ => String::new(),
        };
        let shown = name(after.or(before));
        let step = |made, changed, removed| match (before, after) {
            (None, _) => made,
            (_, None) => removed,
            _ => changed,
        };
        let id = match place {
            Place::Entity(_) => step("change-entity-added", "change-entity", "change-entity-removed"),
            Place::Cluster(_) => step("change-cluster-added", "change-cluster", "change-cluster-removed"),
            Place::Topic(_) => step("change-topic-added", "change-topic", "change-topic-removed"),
            Place::Profile => "change-profile",
            Place::ExportProfile(name) | Place::Setting(name) => {
                return i18n.with("change-setting", &[("name", name.as_str().into())]);
            }
            Place::Registration(_) => {
                return i18n.text(if after.is_some() { "change-registered" } else { "change-withdrawn" }).to_owned();
            }
            Place::SeenClash(..) => return i18n.text("change-seen").to_owned(),
            Place::Scheme if self.created => return i18n.text("change-created").to_owned(),
            Place::Scheme => return i18n.text("change-scheme").to_owned(),
            Place::Plan => return i18n.text("change-plan").to_owned(),
            // Places of articles are told elsewhere.
            _ => return String::new(),
        };
        i18n.with(id, &[("name", shown.as_str().into())])
    }

    fn labelled(&self, id: &str, mention: &Mention) -> String {
        let (quote, label) = (quoted(&mention.quote), left_to_right(mention.label.as_str()));
        self.i18n.with(id, &[("quote", quote.as_str().into()), ("label", label.as_str().into())])
    }

    /// What changed about a mention; the first difference that matters.
    fn mention(&self, old: &Mention, new: &Mention) -> String {
        let i18n = self.i18n;
        let quote = quoted(&new.quote);
        if old.label != new.label {
            let (before, after) = (left_to_right(old.label.as_str()), left_to_right(new.label.as_str()));
            return i18n.with(
                "change-mention-label",
                &[
                    ("quote", quote.as_str().into()),
                    ("before", before.as_str().into()),
                    ("after", after.as_str().into()),
                ],
            );
        }
        if old.spans != new.spans {
            let (label, before) = (left_to_right(new.label.as_str()), quoted(&old.quote));
            return i18n.with(
                "change-mention-span",
                &[
                    ("label", label.as_str().into()),
                    ("before", before.as_str().into()),
                    ("after", quote.as_str().into()),
                ],
            );
        }
        if old.entity != new.entity {
            let name = new.entity.as_ref().map(|id| (self.entity)(id).unwrap_or_else(|| id.to_string()));
            return match name {
                Some(name) => i18n
                    .with("change-mention-entity", &[("quote", quote.as_str().into()), ("name", name.as_str().into())]),
                None => i18n.with("change-mention-no-entity", &[("quote", quote.as_str().into())]),
            };
        }
        if let Some((name, value)) = self.attribute(&old.attributes, &new.attributes) {
            return i18n.with(
                "change-mention-attribute",
                &[("quote", quote.as_str().into()), ("name", name.as_str().into()), ("value", value.as_str().into())],
            );
        }
        if old.note != new.note {
            let note = quoted(&new.note);
            return i18n
                .with("change-mention-note", &[("quote", quote.as_str().into()), ("note", note.as_str().into())]);
        }
        self.labelled("change-mention", new)
    }

    /// The first attribute that differs: its name and its new value.
    fn attribute(&self, old: &Attributes, new: &Attributes) -> Option<(String, String)> {
        let id = old.keys().chain(new.keys()).find(|id| old.get(*id) != new.get(*id))?;
        let language = self.i18n.language().code();
        let known = self.scheme.mention_attribute(id);
        let name = known.map_or_else(|| id.to_string(), |known| localised(&known.name, language).to_owned());
        let value = new.get(id).map_or_else(|| self.i18n.text("value-none").to_owned(), |value| self.value(value));
        Some((name, value))
    }

    fn value(&self, value: &AttributeValue) -> String {
        match value {
            AttributeValue::Flag(on) => self.i18n.text(if *on { "value-yes" } else { "value-no" }).to_owned(),
            AttributeValue::Whole(number) => number.to_string(),
            AttributeValue::Text(text) => quoted(text),
        }
    }

    fn named_value(&self, name: &str, value: &str) -> String {
        self.i18n.with("change-value", &[("name", name.into()), ("value", value.into())])
    }

    fn claim_or_stance(&self, place: &Place, before: Option<&Content>, after: Option<&Content>) -> String {
        let quote = match after.or(before) {
            Some(Content::Claim(claim)) => quoted(&claim.quote),
            Some(Content::Stance(stance)) if !stance.quote.is_empty() => quoted(&stance.quote),
            Some(Content::Stance(stance)) => quoted(&stance.value),
            _ => String::new(),
        };
        let is_claim = matches!(place, Place::Claim(..));
        let id = match (is_claim, before.is_some(), after.is_some()) {
            (true, false, _) => "change-claim-added",
            (true, true, true) => "change-claim",
            (true, true, false) => "change-claim-removed",
            (false, false, _) => "change-stance-added",
            (false, true, true) => "change-stance",
            (false, true, false) => "change-stance-removed",
        };
        self.i18n.with(id, &[("quote", quote.as_str().into())])
    }

    fn fact(&self, kind: FactKind, before: Option<&Content>, after: Option<&Content>) -> String {
        let i18n = self.i18n;
        let word = |content: Option<&Content>| match content {
            Some(Content::Fact(ArticleFact::Text(text))) if !text.is_empty() => quoted(text),
            Some(Content::Fact(ArticleFact::Direction(direction))) => direction_word(i18n, *direction).to_owned(),
            Some(_) => i18n.text("value-none").to_owned(),
            None => i18n.text("change-as-imported").to_owned(),
        };
        let (before, after) = (word(before), word(after));
        i18n.with(
            "change-fact",
            &[
                ("name", fact_word(i18n, kind).into()),
                ("before", before.as_str().into()),
                ("after", after.as_str().into()),
            ],
        )
    }

    fn region(&self, before: Option<&Content>, after: Option<&Content>) -> String {
        let part = |content: Option<&Content>| match content {
            Some(Content::Region(region)) => Some((region.kind, region.include)),
            _ => None,
        };
        let (old, new) = (part(before), part(after));
        let kind = new.or(old).map_or(RegionKind::Body, |(kind, _)| kind);
        let id = match (old, new) {
            (Some((_, true)), Some((_, false))) => "change-region-off",
            (Some((_, false)), Some((_, true))) => "change-region-on",
            (None, Some(_)) => "change-region-added",
            (Some(_), None) => "change-region-removed",
            _ => "change-region",
        };
        self.i18n.with(id, &[("kind", region_word(self.i18n, kind).into())])
    }
}

/// The word for a fact.
pub fn fact_word(i18n: &I18n, kind: FactKind) -> &str {
    match kind {
        FactKind::Title => i18n.text("fact-title"),
        FactKind::Outlet => i18n.text("fact-outlet"),
        FactKind::Date => i18n.text("fact-date"),
        FactKind::Byline => i18n.text("fact-byline"),
        FactKind::Url => i18n.text("fact-url"),
        FactKind::Language => i18n.text("fact-language"),
        FactKind::Direction => i18n.text("fact-direction"),
    }
}

/// The word for a direction.
pub fn direction_word(i18n: &I18n, direction: Direction) -> &str {
    match direction {
        Direction::Auto => i18n.text("direction-auto"),
        Direction::Rtl => i18n.text("direction-rtl"),
        Direction::Ltr => i18n.text("direction-ltr"),
    }
}

fn label_of(edit: &Edit) -> Option<LabelId> {
    match edit.after.as_ref().or(edit.before.as_ref()) {
        Some(Content::Mention(mention)) => Some(mention.label.clone()),
        _ => None,
    }
}

fn entity_name(entity: &Entity, i18n: &I18n) -> String {
    let name = localised(&entity.name, i18n.language().code());
    if name.is_empty() { entity.id.to_string() } else { name.to_owned() }
}

fn first(texts: &Localised, i18n: &I18n) -> String {
    localised(texts, i18n.language().code()).to_owned()
}

/// On one line, and not too long.
fn quoted(text: &str) -> String {
    let mut flat: String = text.chars().take(QUOTE_CHARS).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if text.chars().nth(QUOTE_CHARS).is_some() {
        flat.push('\u{2026}');
    }
    flat
}

/// Where a change happened: the annotation, and else the text, as far as either is known.
#[must_use]
pub fn place_of(edit: &Edit) -> (Option<AnnotationId>, Option<Span>) {
    let span = match edit.after.as_ref().or(edit.before.as_ref()) {
        Some(Content::Mention(mention)) => Some(mention.spans.hull()),
        Some(Content::Claim(claim)) => Some(claim.content.hull()),
        Some(Content::Stance(stance)) => stance.evidence.as_ref().map(crate::text::SpanSet::hull),
        Some(Content::Region(region)) => Some(region.span),
        _ => match &edit.place {
            Place::ParagraphDirection(_, at) | Place::SentenceOverride(_, at) => Some(Span::new(*at, *at)),
            _ => None,
        },
    };
    let what = match &edit.place {
        Place::Mention(_, id) => Some(id.clone().into()),
        Place::Claim(_, id) => Some(id.clone().into()),
        Place::Stance(_, id) => Some(id.clone().into()),
        _ => None,
    };
    (what, span)
}
