//! How goods in transit left the zone, for the officer before whom they arrive.
//!
//! Must not know of: the rest of the desk.

use app::{AppError, CaseView};

use crate::pages::context::Context;
use crate::pages::goods;

/// Each passage out in lines; that there was none, where none was handed in; nothing where the case is about no journey.
pub(super) async fn told(c: &Context<'_>, view: &CaseView) -> Result<Vec<String>, AppError> {
    let Some(went_out) = c.site.app.journey_out(view).await? else { return Ok(Vec::new()) };
    let said: Vec<String> = went_out.iter().flat_map(|out| goods::passage(c, out)).collect();
    Ok(if said.is_empty() { vec![c.t("desk-journey-none")] } else { said })
}
