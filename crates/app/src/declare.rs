//! Filling in a declaration: what was typed is kept with the draft, and becomes a document as if it had been sent.
//!
//! Must not know of: pages, what makes a declaration right (`customs::form`, and the function that takes it).

use bytes::Bytes;
use customs::form::{self, Declarant, Form, Terms, Wrong};
use customs::functions::Declares;
use definition::Checked;
use definition::model::{Fact, FactPath, Name, Service, Source, last};
use definition::value::{DocumentRef, Value};
use serde::{Deserialize, Serialize};

use crate::accounts::Account;
use crate::error::Invalid;
use crate::{App, AppError, Draft, InName, document_uses, documents};

/// What a person who saves a declaration that was filled in gets it under, and what it is.
const NAME: &str = "declaration.xml";
const MEDIA_TYPE: &str = "application/xml";

/// The most that is kept of what is typed into one draft's forms: some five times what 999 items of a sheet come to.
const FORMS_BYTES_MAX: usize = 2 << 20;

/// A declaration that is being filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// What was typed.
    pub form: Form,
    /// The document that it last became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<DocumentRef>,
}

/// How a question is answered by filling in a declaration.
#[derive(Clone, Debug)]
pub struct Declaring {
    /// What is known of it before.
    pub terms: Terms,
    /// The fact by which a register knows whose the goods are.
    pub owner: Option<Name>,
    /// The fact that is worked out of it.
    pub assessment: Name,
    declaration: usize,
}

/// What came of a sheet of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// So many of its items are in the form now.
    Taken(usize),
    /// It has more items than one declaration takes: how many there are, and how many parts they make.
    Parts(usize, usize),
    /// What is wrong with it, by language tag.
    Wrong(Vec<form::Words>),
}

/// A sheet of items, and what is to be done with it.
#[derive(Clone, Debug)]
pub struct SheetSent {
    /// Its file.
    pub bytes: Bytes,
    /// Which part of it, from 1, where it has more items than one declaration takes.
    pub part: Option<usize>,
    /// Whether its items take the place of those that are in the form.
    pub replace: bool,
}

impl App {
    /// How a question can be answered by filling in a declaration; none where it is about something else. A question is about a declaration if a function takes
    /// the answer as one.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn declaring(&self, service: &Checked<Service>, fact: &str) -> Result<Option<Declaring>, AppError> {
        for worked_out in &service.facts {
            let Source::Function { function, of, .. } = &worked_out.source else { continue };
            let Some(function) = service.zone().functions.get(function).map(|declared| (function, declared)) else {
                continue;
            };
            let is_it = |given: &FactPath| matches!(given, FactPath::Fact(name) if name == fact);
            let Some(place) = of.iter().position(is_it) else { continue };
            let Some(Declares { declaration, owner, terms }) = self.loaded(function.0, function.1).await?.declares()
            else {
                continue;
            };
            if declaration == place {
                let owner = owner.and_then(|owner| of.get(owner)?.fact()).cloned();
                let assessment = worked_out.name.clone();
                return Ok(Some(Declaring { terms, owner, assessment, declaration }));
            }
        }
        Ok(None)
    }

    /// The form of a question, as far as it is filled in, and how it is.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where the question is about no declaration.
    pub async fn form(
        &self,
        service: &Checked<Service>,
        draft: &Draft,
        fact: &str,
    ) -> Result<(Declaring, Form), AppError> {
        let declaring = self.declaring(service, fact).await?.ok_or(AppError::NotFound("form"))?;
        let form = draft.forms.get(fact).map(|filled| filled.form.clone()).unwrap_or_default();
        Ok((declaring, form))
    }

    /// Keeps what was typed into a form with the draft.
    ///
    /// # Errors
    /// [`AppError::Invalid`] where it is more than is kept; [`AppError::Stale`] when the draft was changed in another window.
    pub async fn keep_form(
        &self,
        account: &Account,
        draft: &mut Draft,
        fact: &str,
        form: Form,
    ) -> Result<(), AppError> {
        let mut kept = draft.clone();
        kept.forms.entry(fact.to_owned()).or_default().form = form;
        if serde_json::to_vec(&kept.forms)?.len() > FORMS_BYTES_MAX {
            let why = Invalid::TooLarge { max_bytes: FORMS_BYTES_MAX as u64 };
            return Err(AppError::Invalid { field: "form", why });
        }
        self.keep_draft(account, &kept).await?;
        kept.version = kept.version.saturating_add(1);
        *draft = kept;
        Ok(())
    }

    /// Puts the items of a sheet into a form.
    ///
    /// # Errors
    /// [`AppError::Internal`] when reading it broke.
    pub async fn read_items(&self, form: &mut Form, sent: SheetSent, terms: Terms) -> Result<Sheet, AppError> {
        let SheetSent { bytes, part, replace } = sent;
        let most = terms.items_max;
        let from = part.map_or(0, |part| part.saturating_sub(1));
        let read = tokio::task::spawn_blocking(move || form::items(&bytes, from, most)).await;
        let read = match read.map_err(|error| AppError::Internal(error.to_string()))? {
            Ok(read) => read,
            Err(wrong) => return Ok(Sheet::Wrong(wrong)),
        };
        let parts = read.of.div_ceil(most.max(1));
        if (parts > 1 && part.is_none()) || read.items.is_empty() {
            return Ok(Sheet::Parts(read.of, parts));
        }
        let taken = read.items.len();
        if replace {
            form.items = read.items;
        } else {
            form.items.extend(read.items);
        }
        Ok(Sheet::Taken(taken))
    }

    /// Makes the declaration that a form means the answer to its question. Where something is wrong with it, the question stays as it is.
    ///
    /// # Errors
    /// As [`App::keep_document`]; [`AppError::NotFound`] where the question is about no declaration.
    pub async fn declare(
        &self,
        account: &Account,
        in_name: &InName,
        draft: &mut Draft,
        fact: &str,
    ) -> Result<Vec<Wrong>, AppError> {
        let bytes = match self.written(in_name, draft, fact).await? {
            Ok(xml) => Bytes::from(xml),
            Err(wrong) => return Ok(wrong),
        };
        let document = self.keep_document(account, NAME, MEDIA_TYPE, bytes).await?;
        draft.facts.insert(fact.to_owned(), Value::Document(document.clone()));
        draft.forms.entry(fact.to_owned()).or_default().written = Some(document);
        Ok(Vec::new())
    }

    /// The message that a form means, or everything that is wrong with it: what its tables say, else what the function that takes it says. Nothing is kept.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where the question is about no declaration.
    pub async fn written(
        &self,
        in_name: &InName,
        draft: &Draft,
        fact: &str,
    ) -> Result<Result<String, Vec<Wrong>>, AppError> {
        let service = self.definitions.current(&draft.service)?;
        let (declaring, form) = self.form(&service, draft, fact).await?;
        let declarant = self.declarant(&service, in_name, draft, &declaring).await?;
        let xml = match form::write(&form, &declaring.terms, declarant.as_ref()) {
            Ok(xml) => xml,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let said = self.tried(&service, in_name, draft, (&declaring, fact), &xml).await?;
        Ok(if said.is_empty() { Ok(xml) } else { Err(form::place(&form, &xml, said)) })
    }

    /// Writes the declarations of a draft again that name a company which another answer just changed. One in which something is wrong now is none any more,
    /// so that its question is put again.
    ///
    /// # Errors
    /// As [`App::declare`].
    pub async fn declare_again(
        &self,
        account: &Account,
        in_name: &InName,
        draft: &mut Draft,
        changed: &str,
    ) -> Result<(), AppError> {
        let service = self.definitions.current(&draft.service)?;
        let stands = |(fact, filled): (&Name, &Filled)| {
            let document = filled.written.clone().map(Value::Document)?;
            (draft.facts.get(fact) == Some(&document)).then(|| fact.clone())
        };
        let written: Vec<Name> = draft.forms.iter().filter_map(stands).collect();
        for fact in written {
            let declaring = self.declaring(&service, &fact).await?;
            if declaring.is_some_and(|declaring| declaring.owner.as_deref() == Some(changed)) {
                draft.facts.remove(&fact);
                self.declare(account, in_name, draft, &fact).await?;
            }
        }
        Ok(())
    }

    /// Who declares, as the register knows them: nobody types what is known.
    async fn declarant(
        &self,
        service: &Checked<Service>,
        in_name: &InName,
        draft: &Draft,
        declaring: &Declaring,
    ) -> Result<Option<Declarant>, AppError> {
        let Some(owner) = &declaring.owner else { return Ok(None) };
        let Some(Value::Text(key)) = draft.facts.get(owner) else { return Ok(None) };
        if !service.fact(owner).is_some_and(is_registers) {
            return Ok(None);
        }
        let held = self.choices(service, owner, in_name, &draft.facts, None).await?;
        let record = held.into_iter().find(|choice| choice.key == *key);
        let named = record.and_then(|record| {
            let name = record.values.into_iter().find(|(concept, _)| last(concept) == "name");
            name.and_then(|(_, value)| if let Value::Text(name) = value { Some(name) } else { None })
        });
        Ok(Some(Declarant { id: key.clone(), name: named.unwrap_or_default() }))
    }

    /// What the function that takes a declaration says against it, as far as it can be asked before the rest is answered. Where another answer names what is
    /// not the applicant's, nothing: a function would say of another's goods what the applicant must not know. That it is not theirs is told when all are sent.
    async fn tried(
        &self,
        service: &Checked<Service>,
        in_name: &InName,
        draft: &Draft,
        (declaring, fact): (&Declaring, &str),
        xml: &str,
    ) -> Result<Vec<form::Said>, AppError> {
        let worked_out = service.fact(&declaring.assessment).map(|fact| &fact.source);
        let Some(Source::Function { function, of, .. }) = worked_out else { return Ok(Vec::new()) };
        for name in of.iter().filter_map(FactPath::fact).filter(|name| service.fact(name).is_some_and(is_registers)) {
            if !self.is_theirs(service, name, in_name, &draft.facts).await? {
                return Ok(Vec::new());
            }
        }
        let bytes = Bytes::copy_from_slice(xml.as_bytes());
        let declaration = Value::Document(documents::named(NAME, MEDIA_TYPE, &bytes));
        let given = of.iter().map(FactPath::key);
        let given = given.map(|name| if name == fact { Some(&declaration) } else { draft.facts.get(&name) });
        let Some(given) = given.collect::<Option<Vec<&Value>>>() else { return Ok(Vec::new()) };
        let mut ready = self.functions(service, document_uses::hashes(draft.facts.values())).await?;
        ready.bring(bytes);
        loop {
            match ready.try_out(function, &given, self.clock.now()) {
                Ok(()) => return Ok(Vec::new()),
                Err(_) if self.bring_rows(&ready).await? => {}
                Err(faults) => {
                    // What is wrong with another answer is told when all are sent.
                    let own = faults.into_iter().filter(|fault| fault.of == declaring.declaration);
                    let said = own.map(|fault| {
                        let customs::functions::Fault { item, field, place, words, .. } = fault;
                        form::Said { place, item, field, words }
                    });
                    return Ok(said.collect());
                }
            }
        }
    }
}

fn is_registers(fact: &Fact) -> bool {
    matches!(fact.source, Source::Register { .. })
}
