//! The objects of an object-centric event log, and what events have to do with them.
//!
//! Must not know of: how they are written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use definition::model::{Name, Service, Source, Zone};
use definition::value::Value;
use engine::event::{Event, What};
use engine::reading;
use sha2::{Digest as _, Sha256};
use store::EventRow;

use super::write::{Attributed, Changed, Object, Relation, Type, Types};
use crate::extract::{Cases, Drawn, ExtractError};
use crate::public_events::{self, Attribute, Desk, FACT, case_name};

/// What objects there are.
pub(super) struct Objects {
    with_records: bool,
    /// Records by a hash of register and key, with the number that each has among those of its register in this file.
    records: HashMap<[u8; 16], u32>,
    /// How many there are of each register.
    numbers: BTreeMap<Name, u32>,
    /// Roles with the authority whose officers hold them.
    roles: BTreeMap<Name, Name>,
    authorities: BTreeSet<Name>,
    types: Types,
}

impl Objects {
    pub(super) fn new(with_records: bool) -> Self {
        let (records, numbers) = (HashMap::new(), BTreeMap::new());
        let (roles, authorities) = (BTreeMap::new(), BTreeSet::new());
        Self { with_records, records, numbers, roles, authorities, types: Types::default() }
    }

    /// The objects that an event has to do with. `certificate` is the one that stands.
    pub(super) async fn touched(
        &mut self,
        drawn: &Drawn,
        (row, event): (&EventRow, &Event),
        desk: Option<&Desk>,
        certificate: &mut Option<String>,
        cases: &mut Cases<'_>,
    ) -> Result<Vec<Relation>, ExtractError> {
        let mut touched = vec![Relation::new(case_id(drawn.row.case), "case")];
        touched.extend(desk.into_iter().flat_map(|desk| self.desk(desk)));
        if let What::Opened(_) = event.what {
            touched.push(self.authority(&drawn.service.authority, "competent"));
        }
        touched.extend(self.named(drawn, &event.what));
        match &event.what {
            What::Ended { certificate: Some(_), .. } => {
                let id = certificate_id(drawn, row.seq);
                touched.push(Relation::new(id.clone(), "issued"));
                *certificate = Some(id);
            }
            What::Revoked { .. } | What::Overturned { .. } => {
                touched.extend(certificate.take().map(|id| Relation::new(id, "revoked")));
            }
            _ => {}
        }
        let other = match &event.what {
            What::Appealed { by } | What::Overturned { by } => Some((*by, "appeal")),
            What::Shared { case, .. } | What::Seated { case, .. } => Some((*case, "drawn with")),
            _ => None,
        };
        if let Some((case, qualifier)) = other
            && cases.has(case).await?
        {
            touched.push(Relation::new(case_id(case), qualifier));
        }
        Ok(touched)
    }

    /// The objects of which a case is the only owner: itself and its certificates.
    pub(super) async fn of(&mut self, drawn: &Drawn, cases: &mut Cases<'_>) -> Result<Vec<Object>, ExtractError> {
        let service = &drawn.service;
        let mut relationships = vec![self.authority(&service.authority, "competent")];
        let (mut attributes, mut certificates) = (Vec::new(), Vec::new());
        for (row, event) in &drawn.events {
            let public = public_events::of(drawn, row, event)?;
            if let What::Opened(_) = event.what {
                let value = Attribute::Text(drawn.definition.to_string());
                attributes.push(Changed { name: "definition".to_owned(), time: public.at, value });
            }
            for (name, value) in public.attributes {
                let own = name.strip_prefix(FACT).or_else(|| (name == "outcome").then_some("outcome"));
                attributes.extend(own.map(|own| Changed { name: own.to_owned(), time: public.at, value }));
            }
            if let What::Ended { certificate: Some(issued), .. } = &event.what {
                let id = certificate_id(drawn, row.seq);
                relationships.push(Relation::new(id.clone(), "issued"));
                let type_ = format!("certificate {}", issued.certificate);
                certificates.push(Object { id, type_, attributes: Vec::new(), relationships: Vec::new() });
            }
            if let What::Appealed { by } = event.what
                && cases.has(by).await?
            {
                relationships.push(Relation::new(case_id(by), "appealed by"));
            }
            for relation in self.named(drawn, &event.what) {
                if !relationships.contains(&relation) {
                    relationships.push(relation);
                }
            }
        }
        let type_ = format!("case of {}", service.name);
        let mut objects = vec![Object { id: case_id(drawn.row.case), type_, attributes, relationships }];
        objects.extend(certificates);
        objects.iter().for_each(|object| self.note(object));
        Ok(objects)
    }

    /// The objects that cases share: records, roles, authorities.
    pub(super) fn shared(&mut self) -> Vec<Object> {
        let plain = |id: String, type_: &str, relationships| Object {
            id,
            type_: type_.to_owned(),
            attributes: Vec::new(),
            relationships,
        };
        self.authorities.extend(self.roles.values().cloned());
        let mut objects: Vec<Object> = Vec::new();
        for (register, count) in &self.numbers {
            let records = (1..=*count).map(|number| record_id(register, number));
            objects.extend(records.map(|id| plain(id, &format!("record of {register}"), Vec::new())));
        }
        for (role, authority) in &self.roles {
            let of = vec![Relation::new(authority_id(authority), "of")];
            objects.push(plain(role_id(role), "role", of));
        }
        let authorities = self.authorities.iter().map(|name| plain(authority_id(name), "authority", Vec::new()));
        objects.extend(authorities);
        objects.iter().for_each(|object| self.types.note(&object.type_, &[]));
        objects
    }

    /// The types of the objects.
    pub(super) fn types(&self) -> Vec<Type> {
        self.types.list()
    }

    fn note(&mut self, object: &Object) {
        let own = |change: &Changed| Attributed { name: change.name.clone(), value: change.value.clone() };
        self.types.note(&object.type_, &object.attributes.iter().map(own).collect::<Vec<_>>());
    }

    /// A desk as the role and the authority of those who sit there: an object that no event has to do with is lost to some readers.
    fn desk(&mut self, desk: &Desk) -> Vec<Relation> {
        let mut sit = Vec::new();
        if let Some(role) = &desk.role {
            self.roles.insert(role.clone(), desk.authority.clone());
            sit.push(Relation::new(role_id(role), desk.part));
        }
        sit.push(self.authority(&desk.authority, desk.part));
        sit
    }

    fn authority(&mut self, authority: &Name, part: &str) -> Relation {
        self.authorities.insert(authority.clone());
        Relation::new(authority_id(authority), part)
    }

    /// The register records that an event names.
    fn named(&mut self, drawn: &Drawn, what: &What) -> Vec<Relation> {
        if !self.with_records {
            return Vec::new();
        }
        let (service, zone) = (&drawn.service, drawn.service.zone());
        let mut named = match what {
            What::Opened(opened) => self.of_facts(service, zone, &opened.facts),
            What::Supplied { facts, .. } => self.of_facts(service, zone, facts),
            _ => Vec::new(),
        };
        if let What::Ended { enter: Some(entering), .. } = what
            && names_nobody(zone, &entering.register)
        {
            named.push(Relation::new(self.record(&entering.register, &entering.key), "entered"));
        }
        named
    }

    fn of_facts(&mut self, service: &Service, zone: &Zone, facts: &BTreeMap<Name, Value>) -> Vec<Relation> {
        let mut named = Vec::new();
        for fact in &service.facts {
            let Source::Register { register, .. } = &fact.source else { continue };
            let key = facts.get(&fact.name).and_then(reading::record_key);
            if let Some(key) = key.filter(|_| names_nobody(zone, register)) {
                named.push(Relation::new(self.record(register, &key), &fact.name));
            }
        }
        named
    }

    /// The id of a record, which says nothing of its key.
    fn record(&mut self, register: &str, key: &str) -> String {
        let hash: [u8; 32] = Sha256::new_with_prefix(register).chain_update([0]).chain_update(key).finalize().into();
        let hash: [u8; 16] = hash.first_chunk().copied().unwrap_or_default();
        let numbers = &mut self.numbers;
        let number = self.records.entry(hash).or_insert_with(|| {
            let number = numbers.entry(register.to_owned()).or_default();
            *number = number.saturating_add(1);
            *number
        });
        record_id(register, *number)
    }
}

/// Whether the concept that names a register's records is no personal data. Of a register that is not known it is not known either.
fn names_nobody(zone: &Zone, register: &str) -> bool {
    let key = zone.registers.get(register).and_then(|register| zone.concepts.get(&register.key));
    key.is_some_and(|concept| !concept.personal)
}

fn case_id(case: engine::CaseId) -> String {
    format!("case {}", case_name(case))
}

fn certificate_id(drawn: &Drawn, seq: u64) -> String {
    format!("certificate {}/{seq}", case_name(drawn.row.case))
}

fn record_id(register: &str, number: u32) -> String {
    format!("record of {register} {number}")
}

fn role_id(role: &str) -> String {
    format!("role {role}")
}

fn authority_id(authority: &str) -> String {
    format!("authority {authority}")
}
