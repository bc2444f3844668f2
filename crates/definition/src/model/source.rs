//! When a fact's source must give a value.
//!
//! Must not know of: text, spans and problems, cases.

use super::Source;

impl Source {
    /// Whether whoever supplies the fact must give a value; `route` is what an officer decides by the same act.
    pub fn is_needed(&self, route: Option<&str>) -> bool {
        match self {
            Self::Ask { required } => *required,
            Self::Record { needed: Some(routes), .. } => route.is_some_and(|route| routes.contains(route)),
            Self::Record { needed: None, .. } | Self::Register { .. } | Self::Function { .. } => true,
        }
    }
}
