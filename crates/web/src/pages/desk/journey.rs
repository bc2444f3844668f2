//! How goods in transit left the zone, for the officer before whom they arrive, and what the list of what is left over says of what a case is to settle.
//!
//! Must not know of: the rest of the desk.

use app::{AppError, CaseView};

use crate::pages::context::{Context, spoken};
use crate::pages::goods;

/// What a case is to settle, as the list has it; nothing where it settles nothing.
pub(super) async fn settling(c: &Context<'_>, view: &CaseView) -> Result<Vec<String>, AppError> {
    let Some(settling) = c.site.app.settling(view).await? else { return Ok(Vec::new()) };
    let Some(left) = settling.left else { return Ok(vec![c.t1("desk-settling-none", "id", spoken(&settling.id))]) };
    let paper = c.t(&format!("leftovers-{}", left.what.kind().name()));
    let mut said = vec![format!("{paper}{} {}", c.t("colon"), spoken(&settling.id))];
    said.extend(goods::details(c, &left.what));
    Ok(said)
}

/// Each passage out in lines; that there was none, where none was handed in; nothing where the case is about no journey.
pub(super) async fn told(c: &Context<'_>, view: &CaseView) -> Result<Vec<String>, AppError> {
    let Some(went_out) = c.site.app.journey_out(view).await? else { return Ok(Vec::new()) };
    let said: Vec<String> = went_out.iter().flat_map(|out| goods::passage(c, out)).collect();
    Ok(if said.is_empty() { vec![c.t("desk-journey-none")] } else { said })
}
