//! Newtypes for every identity, so that an article id is never passed where an entity id belongs.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps a string without looking at it; files from outside are checked where they are read.
            #[must_use]
            pub fn new(id: impl AsRef<str>) -> Self {
                Self(Arc::from(id.as_ref()))
            }

            /// The id as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self::new(id)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self::new(id)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

string_id!(
    /// An article: 32 hex digits, the hash of its key and text.
    ArticleId
);
string_id!(
    /// A person (or rule) whose work is kept apart: `[A-Za-z0-9_-]{1,32}`, as given; folders use the lower-case form.
    AnnotatorId
);
string_id!(
    /// A mention: `[A-Za-z0-9._~-]{1,64}`, unique within an annotator's work.
    MentionId
);
string_id!(
    /// A claim.
    ClaimId
);
string_id!(
    /// A stance.
    StanceId
);
string_id!(
    /// An entity: the thing that mentions refer to.
    EntityId
);
string_id!(
    /// A cluster of claims that say the same.
    ClusterId
);
string_id!(
    /// A topic or proposition that stances can be about.
    TopicId
);
string_id!(
    /// An import: 32 hex digits, the hash of its manifest.
    ImportId
);
string_id!(
    /// The name of a blob: the first 32 hex digits of BLAKE3 over its bytes.
    BlobId
);
string_id!(
    /// A journal line, and so a transaction: the hash the line begins with, 32 hex digits.
    LineId
);
string_id!(
    /// A label of the scheme (`PER`, `GPE`): stable ASCII, never translated.
    LabelId
);
string_id!(
    /// An attribute of the scheme (`level`, `metonymy`).
    AttributeId
);
string_id!(
    /// A scale of the scheme (`favor3`).
    ScaleId
);

impl AnnotatorId {
    /// Whether `id` may name an annotator: 1 to 32 of `A-Z a-z 0-9 _ -`.
    #[must_use]
    pub fn is_valid(id: &str) -> bool {
        (1..=32).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    }

    /// The folder name of this annotator: the lower-case form.
    #[must_use]
    pub fn folder(&self) -> String {
        self.as_str().to_ascii_lowercase()
    }
}
