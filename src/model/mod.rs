//! The data model: what a project holds. No I/O, no screen, no geometry; the serde derives are the current disk version.

mod annotation;
mod annotation_set;
mod article;
mod assignment;
mod attribution;
mod chain;
mod check;
mod diagnostic;
mod entity;
mod exchange;
mod identity;
mod ids;
mod noise_cues;
mod people;
mod provenance;
mod quality;
mod regions;
mod scheme;

pub use annotation::{
    AttributeValue, Attributes, ChainLink, Claim, Evidence, Extra, LinkRole, Mention, Ref, Stance, Verdict,
};
pub use annotation_set::{AnnotationId, AnnotationSet};
pub use article::{Article, ArticleFacts, ArticleKey, Direction, Region, RegionKind, RegionState, Status};
pub use assignment::{Assigner, AssignmentPlan, LARGEST_SHARE, PlanError, PlanRule};
pub use attribution::{ClaimPlace, bare_content};
pub use check::{
    About, Dismissal, Finding, FindingKey, Rule, Surroundings, crosses, findings, stance_rules, verdict_lacks_evidence,
};
pub use diagnostic::{Diagnostic, Severity};
pub use entity::{ClaimCluster, Entity, Topic};
pub use exchange::{Exchange, ExchangeArticle, ExchangeProject};
pub use identity::{DifferentThings, NIL, Renaming, Wholes, is_qid, united};
pub use ids::{
    AnnotatorId, ArticleId, AttributeId, BlobId, ClaimId, ClusterId, EntityId, ImportId, LabelId, LineId, MentionId,
    ScaleId, StanceId, TopicId,
};
pub use people::Profile;
pub use provenance::{Origin, Provenance};
pub use regions::{Detection, detect_regions};
pub use scheme::{
    Attribute, AttributeKind, Choice, Label, LabelKey, LineStyle, Localised, Migration, Scale, ScaleValue, Scheme,
    StanceSign, localised,
};
