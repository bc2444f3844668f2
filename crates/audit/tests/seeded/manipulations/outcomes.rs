//! Manipulations of what comes out of cases: certificates, status lists, registers, figures.

use credential::Issuer;
use ed25519_dalek::SigningKey;
use engine::event::What;
use record::lines::{self, RecordLine, Statistics};
use record::manifest::STATISTICS;

use super::{Manipulation, row};
use crate::forge::Forge;

fn records(forge: &mut Forge, change: impl Fn(&mut Vec<RecordLine>)) {
    let mut records: Vec<RecordLine> = lines::parse(&forge.files["registers/0.jsonl"]).unwrap();
    change(&mut records);
    forge.manifest.records = records.len() as u64;
    forge.files.insert("registers/0.jsonl".to_owned(), lines::write(&records).unwrap());
}

pub fn statistics(forge: &mut Forge, change: impl Fn(&mut Statistics)) {
    let mut statistics = crate::shown::read(forge);
    change(&mut statistics);
    forge.files.insert(STATISTICS.to_owned(), serde_json::to_vec(&statistics).unwrap());
}

fn stranger(forge: &Forge) -> Issuer {
    Issuer::new(forge.manifest.zone.clone(), SigningKey::from_bytes(&[8; 32]))
}

pub const ROWS: &[Manipulation] = &[
    row("A501", "a certificate is signed for a case that does not exist", |forge| {
        let mut certificates = forge.certificates();
        certificates[0] = forge.reissue(&certificates[0], |claims| claims.id = vec![6; 16]);
        forge.put_certificates(&certificates);
    }),
    row("A501", "a certificate is signed for a case that was refused", |forge| {
        let refused = forge.rows.iter().find(|row| {
            matches!(&row.event.what, What::Ended { certificate: None, outcome, .. } if *outcome == definition::model::Outcome::Refused)
        });
        let (case, mut certificates) = (refused.unwrap().case, forge.certificates());
        certificates[0] = forge.reissue(&certificates[0], |claims| {
            claims.id = case.0.to_vec();
            claims.case = case.reference();
        });
        forge.put_certificates(&certificates);
    }),
    row("A501", "a certificate names another leaf as the one that issued it", |forge| {
        let mut certificates = forge.certificates();
        certificates[3].position += 1;
        forge.put_certificates(&certificates);
    }),
    row("A502", "a certificate is withheld", |forge| {
        let mut certificates = forge.certificates();
        let revoked = forge.revoked();
        let place = certificates.iter().position(|line| !revoked.contains(&line.position)).unwrap();
        certificates.remove(place);
        forge.put_certificates(&certificates);
    }),
    row("A502", "a certificate is withheld, and said to be on its way", |forge| {
        let mut certificates = forge.certificates();
        let revoked = forge.revoked();
        let place = certificates.iter().position(|line| !revoked.contains(&line.position)).unwrap();
        let withheld = certificates.remove(place);
        forge.manifest.waiting = vec![forge.rows[usize::try_from(withheld.position).unwrap()].case];
        forge.put_certificates(&certificates);
    }),
    row("A503", "a certificate is valid for ten years instead of two", |forge| {
        let mut certificates = forge.certificates();
        let limited = |line: &lines::CertificateLine| {
            credential::Certificate::read(&line.message).unwrap().claims().expires_s.is_some()
        };
        let place = certificates.iter().position(limited).unwrap();
        let longer = forge.reissue(&certificates[place], |claims| {
            claims.expires_s = claims.expires_s.map(|until_s| until_s + 8 * 365 * 86_400);
        });
        certificates[place] = longer;
        forge.put_certificates(&certificates);
    }),
    row("A503", "a certificate states what its case does not say", |forge| {
        let mut certificates = forge.certificates();
        certificates[2] = forge.reissue(&certificates[2], |claims| {
            claims.facts.insert("storeys".to_owned(), "60".to_owned());
        });
        forge.put_certificates(&certificates);
    }),
    row("A503", "a certificate says that its revocation is told elsewhere", |forge| {
        let mut certificates = forge.certificates();
        certificates[2] = forge.reissue(&certificates[2], |claims| {
            claims.status.iter_mut().for_each(|status| status.uri = "https://elsewhere.example/status/7".to_owned());
        });
        forge.put_certificates(&certificates);
    }),
    row("A503", "a certificate is made out to somebody else", |forge| {
        let mut certificates = forge.certificates();
        certificates[1] = forge.reissue(&certificates[1], |claims| claims.holder = Some("P-0001".to_owned()));
        forge.put_certificates(&certificates);
    }),
    row("A504", "a certificate is signed with another key", |forge| {
        let mut certificates = forge.certificates();
        let claims = credential::Certificate::read(&certificates[0].message).unwrap().claims().clone();
        certificates[0].message = stranger(forge).issue(&claims).unwrap().to_cose_bytes();
        forge.put_certificates(&certificates);
    }),
    row("A505", "the revocations are taken off the status list", |forge| {
        let issuer = forge.issuer();
        forge.put_list(&[], &issuer);
    }),
    row("A505", "the revocations are taken off the status list, and said to be on their way", |forge| {
        let revoked = forge.revoked().into_iter().map(|at| forge.rows[usize::try_from(at).unwrap()].case);
        forge.manifest.waiting = revoked.collect();
        let issuer = forge.issuer();
        forge.put_list(&[], &issuer);
    }),
    row("A505", "a receipt whose goods were sold on is taken off the status list", |forge| {
        let sold =
            forge.find(|what| matches!(what, What::Booked { function, .. } if function == "customs.goods.accept"));
        let What::Booked { posted: definition::value::Value::Text(posted), .. } = forge.what(sold) else { return };
        let posted = posted.clone();
        let mut revoked = forge.revoked();
        let case = |at: &u64| forge.rows[usize::try_from(*at).unwrap()].case.reference();
        let place = revoked.iter().position(|at| posted.contains(&case(at))).unwrap();
        revoked.remove(place);
        let issuer = forge.issuer();
        forge.put_list(&revoked, &issuer);
    }),
    row("A506", "a receipt that has something left is put on the status list", |forge| {
        let issued: Vec<_> = forge.rows.iter().enumerate().filter(|(_, row)| {
            matches!(&row.event.what, What::Booked { function, .. } if function == "customs.goods.issue")
        }).map(|(_, row)| row.case).collect();
        let mut revoked = forge.revoked();
        let is_receipt = |at: &u64| issued.contains(&forge.rows[usize::try_from(*at).unwrap()].case);
        let certificates = forge.certificates();
        let left = certificates.iter().map(|line| line.position).find(|at| is_receipt(at) && !revoked.contains(at));
        revoked.push(left.unwrap());
        let issuer = forge.issuer();
        forge.put_list(&revoked, &issuer);
    }),
    row("A506", "a valid certificate is put on the status list", |forge| {
        let mut all = forge.revoked();
        let certificates = forge.certificates();
        all.extend(certificates.iter().map(|line| line.position).find(|position| !all.contains(position)));
        let issuer = forge.issuer();
        forge.put_list(&all, &issuer);
    }),
    row("A506", "the status list revokes a leaf that issued nothing", |forge| {
        let mut all = forge.revoked();
        all.push(0);
        let issuer = forge.issuer();
        forge.put_list(&all, &issuer);
    }),
    row("A509", "the status list is signed with another key", |forge| {
        let issuer = stranger(forge);
        let revoked = forge.revoked();
        forge.put_list(&revoked, &issuer);
    }),
    row("A509", "there is said to be no status list", |forge| forge.manifest.status_lists = 0),
    row("A507", "a record that a case entered is gone from its register", |forge| {
        records(forge, |records| drop(records.remove(0)));
    }),
    row("A507", "a record that a case entered belongs to somebody else", |forge| {
        records(forge, |records| records[2].record.held_by = Some("P-0001".to_owned()));
    }),
    row("A507", "a record stays although its certificate was revoked", |forge| {
        let at = forge.find(|what| matches!(what, What::Revoked { .. }));
        let entered = forge.before(at).into_iter().find_map(|event| match event.what {
            What::Ended { enter: Some(entering), .. } => Some(entering),
            _ => None,
        });
        let entered = entered.unwrap();
        records(forge, |records| {
            let record = engine::world::Record { held_by: entered.held_by.clone(), values: entered.values.clone() };
            records.push(RecordLine { register: entered.register.clone(), key: entered.key.clone(), record });
        });
    }),
    row("A508", "fewer refusals are shown than there were", |forge| {
        statistics(forge, |statistics| {
            let refused = statistics.queues.iter_mut().find(|figure| figure.outcome.as_deref() == Some("refused"));
            refused.unwrap().cases -= 1;
        });
    }),
    row("A508", "a queue is left out of what is shown", |forge| {
        statistics(forge, |statistics| drop(statistics.queues.remove(0)));
    }),
    row("A508", "officers are said to have touched fewer cases than they did", |forge| {
        statistics(forge, |statistics| {
            let service = statistics.figures.services.values_mut().find(|service| service.touches > 0);
            service.unwrap().touches -= 1;
        });
    }),
    row("A508", "a deadline that ran out is shown as kept", |forge| {
        statistics(forge, |statistics| {
            let broken = statistics.figures.deadlines_kept.values_mut().find(|share| share.count < share.of);
            broken.unwrap().count += 1;
        });
    }),
    row("A508", "the test of the lots is shown to say what it does not", |forge| {
        statistics(forge, |statistics| statistics.chance.as_mut().unwrap().p += 0.25);
    }),
];
