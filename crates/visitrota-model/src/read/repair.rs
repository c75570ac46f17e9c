//! Repairs: reading on in spite of what does not fit, so that the rest of a document is looked at as well.

use serde_json::Value;

/// A change to a document that lets the rest of it be read. Objects and values are named by JSON pointers.
pub(super) enum Repair {
    /// Reading a field under the name that was likely meant.
    Rename { object: String, field: String, meant: String },
    /// Reading a list of one as the field for one.
    Only { object: String, field: String, meant: String },
    /// Leaving out a field that is none of the document's.
    Drop { object: String, field: String },
    /// Reading a word as the one that was likely meant.
    Replace { value: String, meant: String },
    /// Leaving out a field that should have said something; what, is not known. It stands at `path`.
    Omit { object: String, field: String, path: String },
}

impl Repair {
    /// Changes the document; the path of a field that is missed, if one is.
    pub(super) fn apply(self, document: &mut Value) -> Option<String> {
        match self {
            Self::Rename { object, field, meant } => {
                let object = document.pointer_mut(&object)?.as_object_mut()?;
                let value = object.swap_remove(&field)?;
                if !object.contains_key(&meant) {
                    object.insert(meant, value);
                }
                None
            }
            Self::Only { object, field, meant } => {
                let object = document.pointer_mut(&object)?.as_object_mut()?;
                if let Some(only) = object.swap_remove(&field).and_then(|list| list.as_array()?.first().cloned()) {
                    object.entry(meant).or_insert(only);
                }
                None
            }
            Self::Drop { object, field } => {
                document.pointer_mut(&object)?.as_object_mut()?.swap_remove(&field);
                None
            }
            Self::Replace { value, meant } => {
                *document.pointer_mut(&value)? = meant.into();
                None
            }
            Self::Omit { object, field, path } => {
                document.pointer_mut(&object)?.as_object_mut()?.swap_remove(&field)?;
                Some(path)
            }
        }
    }
}
