//! What a drawn officer does from the desk: decide, ask the applicant, answer a consultation. What is wrong comes back beside its field.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::definition::model::Opinion;
use app::engine::act::Act;
use app::engine::case::AskedItem;
use app::{AppError, CaseView};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::one::{desk_of, page, recorded};
use super::returned::Returned;
use super::{act, after, sign};
use crate::fault::PageFault;
use crate::language::Language;
use crate::pages::case::look;
use crate::pages::ceremony::signs;
use crate::pages::context::Context;
use crate::pages::forms::{Posted, Sent};
use crate::pages::question;
use crate::session::{PageLanguage, Viewer};
use crate::site::Site;

/// A form of the desk: who sent it, about which case, and what stands there now.
struct Form<'a> {
    site: &'a Site,
    language: Language,
    viewer: &'a Viewer,
    view: CaseView,
    sent: Sent,
}

impl<'a> Form<'a> {
    async fn read(
        site: &'a Site,
        language: Language,
        viewer: &'a Viewer,
        case: &str,
        sent: Sent,
    ) -> Result<Self, AppError> {
        let view = look(site, viewer, case).await?;
        Ok(Self { site, language, viewer, view, sent })
    }

    /// Whether the officer saw what stands there now.
    fn is_fresh(&self) -> bool {
        self.sent.text("seen").parse() == Ok(self.view.row.seq)
    }

    fn ground(&self) -> Option<String> {
        Some(self.sent.text("ground").to_owned()).filter(|ground| !ground.is_empty())
    }

    /// Does the act and goes back to the desk; or shows the form again.
    async fn done(self, name: &str, act_: &Act) -> Result<Response, AppError> {
        let desk = format!("/{}{}", self.language.tag(), after(act_, self.view.case.id));
        self.done_and(name, act_, &desk).await
    }

    /// Does the act and goes where it leads; or shows the form again.
    async fn done_and(self, name: &str, act_: &Act, to: &str) -> Result<Response, AppError> {
        if signs(self.site) {
            let c = Context::new(self.site, self.language, Some(self.viewer), format!("/desk/{}", self.view.case.id));
            return match sign::ask(self.site, self.viewer, &self.view, act_, &self.sent, c).await {
                Err(error) => self.refused(name, error).await,
                page => page,
            };
        }
        match act(self.site, self.viewer, self.view.case.id, &self.sent, act_).await {
            Ok(()) => Ok(Redirect::to(to).into_response()),
            Err(error) => self.refused(name, error).await,
        }
    }

    async fn refused(self, name: &str, error: AppError) -> Result<Response, AppError> {
        let returned = Returned::refused(self.site, self.language, name, self.sent, error)?;
        page(self.site, self.language, self.viewer, self.view, returned).await
    }

    /// Shows the form again. Mistakes on a page that is out of date are not worth mending.
    async fn again(self, name: &str, mistakes: BTreeMap<String, String>) -> Result<Response, AppError> {
        if !self.is_fresh() {
            return Err(AppError::Stale);
        }
        let returned = Returned::with(name, self.sent, mistakes);
        page(self.site, self.language, self.viewer, self.view, returned).await
    }
}

pub(super) async fn decide(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let form = Form::read(&site, language, &viewer, &case, sent).await?;
    let c = Context::new(&site, language, Some(&viewer), format!("/desk/{case}"));
    let view = &form.view;
    let due = desk_of(&view.service, &view.case.stage).map(|desk| recorded(&view.service, desk)).unwrap_or_default();
    let route = form.sent.text("route").to_owned();
    let read = question::read(&c, viewer.account(), &due, &BTreeMap::new(), &form.sent, Some(&route)).await;
    let (facts, mistakes) = read?;
    if !mistakes.is_empty() {
        return Ok(form.again("decide", mistakes).await?);
    }
    let note = form.sent.text("note").to_owned();
    let act = Act::Decide { route, ground: form.ground(), note, facts };
    Ok(form.done("decide", &act).await?)
}

pub(super) async fn ask(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let form = Form::read(&site, language, &viewer, &case, sent).await?;
    let marked = form.sent.fields.keys().filter_map(|name| name.strip_prefix("ask-"));
    let item = |fact: &str| AskedItem {
        fact: fact.to_owned(),
        ground: form.sent.text("ground").to_owned(),
        note: form.sent.text(&format!("note-{fact}")).to_owned(),
    };
    let items = marked.map(item).collect();
    Ok(form.done("ask", &Act::Ask { items }).await?)
}

/// Takes the case out of turn, and comes back to it: only then may it be dealt with.
pub(super) async fn overtake(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let form = Form::read(&site, language, &viewer, &case, sent).await?;
    let act = Act::Overtake { ground: form.sent.text("ground").to_owned() };
    let back = format!("/{}/desk/{}", language.tag(), form.view.case.id);
    Ok(form.done_and("overtake", &act, &back).await?)
}

pub(super) async fn advise(
    State(site): State<Arc<Site>>,
    PageLanguage(language): PageLanguage,
    Path((_, case)): Path<(String, String)>,
    Posted(viewer, sent): Posted,
) -> Result<Response, PageFault> {
    let form = Form::read(&site, language, &viewer, &case, sent).await?;
    let (branch, note) = (form.sent.text("branch").to_owned(), form.sent.text("note").to_owned());
    let opinion = match form.sent.text("opinion") {
        "agree" => Opinion::Agree,
        "object" => Opinion::Object,
        _ => {
            let c = Context::new(&site, language, Some(&viewer), "");
            let mistake = BTreeMap::from([("opinion".to_owned(), c.t("wrong-opinion"))]);
            return Ok(form.again(&branch, mistake).await?);
        }
    };
    let ground = form.ground().filter(|_| opinion == Opinion::Object);
    Ok(form.done(&branch, &Act::Advise { branch: branch.clone(), opinion, ground, note }).await?)
}
