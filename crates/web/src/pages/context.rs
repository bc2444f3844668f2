//! What every template has at hand: language, words, formats, who is looking.
//!
//! Must not know of: any one page.

use std::borrow::Cow;

use app::Account;
use app::definition::Checked;
use app::definition::model::{Service, Zone};
use app::definition::value::{Date, Decimal, Money, Type, Value};
use fluent_bundle::{FluentArgs, FluentValue};
use jiff::Timestamp;

use super::direction::directed;
use crate::format;
use crate::language::Language;
use crate::session::Viewer;
use crate::site::Site;

/// What every template has at hand, called `c` in templates.
pub(crate) struct Context<'a> {
    pub(crate) site: &'a Site,
    pub(crate) language: Language,
    pub(crate) viewer: Option<&'a Viewer>,
    /// The path after the language, such as `/services/activity-licence`: the same page in the other language.
    pub(crate) path: Cow<'a, str>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        site: &'a Site,
        language: Language,
        viewer: Option<&'a Viewer>,
        path: impl Into<Cow<'a, str>>,
    ) -> Self {
        Self { site, language, viewer, path: path.into() }
    }

    /// A word of the site.
    pub(crate) fn t(&self, key: &str) -> String {
        self.site.words.site(self.language, key, &FluentArgs::new())
    }

    /// A word of the site with one argument.
    pub(crate) fn t1<'v>(&self, key: &str, name: &'static str, value: impl Into<FluentValue<'v>>) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.formed(key, &args)
    }

    /// A word of the site that depends on how many: `$count` chooses the form, `$shown` is the number as it is written.
    pub(crate) fn tn(&self, key: &str, count: usize) -> String {
        let shown = format::count(self.language, count);
        self.t2(key, ("count", FluentValue::from(count)), ("shown", shown))
    }

    /// A word of the site with two arguments.
    pub(crate) fn t2<'v>(
        &self,
        key: &str,
        one: (&'static str, impl Into<FluentValue<'v>>),
        two: (&'static str, impl Into<FluentValue<'v>>),
    ) -> String {
        let mut args = FluentArgs::new();
        args.set(one.0, one.1);
        args.set(two.0, two.1);
        self.formed(key, &args)
    }

    /// A word of the site with any arguments.
    pub(crate) fn tx(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.formed(key, &args)
    }

    fn formed(&self, key: &str, args: &FluentArgs<'_>) -> String {
        directed(self.language, self.site.words.site(self.language, key, args))
    }

    /// A word of the site where there need not be one; else the text itself.
    pub(crate) fn t_or(&self, key: &str, text: &str) -> String {
        self.site.words.site_if_any(self.language, key).unwrap_or_else(|| text.to_owned())
    }

    /// A word of the zone.
    pub(crate) fn z(&self, key: &str) -> String {
        self.site.words.zone(self.language, key)
    }

    /// A word of a service.
    pub(crate) fn s(&self, service: &Checked<Service>, key: &str) -> String {
        self.site.words.service(self.language, service, key)
    }

    /// A word of a service where there need not be one; else nothing.
    pub(crate) fn s_or_empty(&self, service: &Checked<Service>, key: &str) -> String {
        self.site.words.service_if_any(self.language, service, key).unwrap_or_default()
    }

    /// The zone.
    pub(crate) fn zone(&self) -> &Zone {
        self.site.app.zone().zone()
    }

    /// What somebody is called.
    pub(crate) fn name(&self, account: &Account) -> String {
        account.names.get(self.language.tag()).or_else(|| account.names.values().next()).cloned().unwrap_or_default()
    }

    /// A verdict on a certificate, in words.
    pub(crate) fn verdict(&self, verdict: &str, part: &str) -> String {
        self.t(&format!("verdict-{verdict}{part}"))
    }

    /// How a case ended, in words.
    pub(crate) fn outcome(&self, outcome: &str) -> String {
        self.t(&format!("outcome-{outcome}"))
    }

    /// Whether officers sign in and sign by passkey here.
    pub(crate) fn by_passkey(&self) -> bool {
        super::ceremony::signs(self.site)
    }

    /// Whether whoever looks could apply: a person, or somebody who has not said yet who they are.
    pub(crate) fn may_apply(&self) -> bool {
        self.viewer.is_none_or(|viewer| viewer.account().person.is_some())
    }

    /// Whether whoever looks may have goods accounts to look at: people who apply, and supervisors of goods, where the zone keeps such accounts.
    pub(crate) fn shows_goods(&self) -> bool {
        let account = self.viewer.map(Viewer::account);
        account.is_some_and(|account| {
            self.site.app.supervises_goods(account) || (account.person.is_some() && self.site.app.keeps_goods())
        })
    }

    /// Whether whoever looks may see what is left over of everybody's papers.
    pub(crate) fn shows_leftovers(&self) -> bool {
        self.viewer.is_some_and(|viewer| self.site.app.supervises_goods(viewer.account()))
    }

    /// What a form of the viewer's must carry.
    pub(crate) fn csrf(&self) -> &str {
        self.viewer.map_or("", |viewer| viewer.0.csrf.as_str())
    }

    /// A path in the page's language.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("/{}{path}", self.language.tag())
    }

    pub(crate) fn date(&self, date: &Date) -> String {
        format::date(self.language, *date)
    }

    pub(crate) fn moment(&self, at: &Timestamp) -> String {
        format::moment(self.language, *at, &self.zone().timezone)
    }

    pub(crate) fn moment_ms(&self, at_ms: &i64) -> String {
        Timestamp::from_millisecond(*at_ms).map(|at| self.moment(&at)).unwrap_or_default()
    }

    /// The last day of a deadline.
    pub(crate) fn last_day(&self, due: &Timestamp) -> String {
        format::last_day(self.language, *due, &self.zone().timezone)
    }

    pub(crate) fn last_day_ms(&self, due_ms: i64) -> String {
        Timestamp::from_millisecond(due_ms).map(|due| self.last_day(&due)).unwrap_or_default()
    }

    pub(crate) fn count(&self, count: impl Into<Decimal>) -> String {
        format::count(self.language, count)
    }

    /// A number with its groups and fraction.
    pub(crate) fn number(&self, number: &Decimal) -> String {
        format::number(self.language, number)
    }

    pub(crate) fn digits(&self, text: &str) -> String {
        format::digits(self.language, text)
    }

    pub(crate) fn money(&self, money: &Money) -> String {
        // A declaration may name any currency; the site has words for the usual ones.
        let words = self.t_or(&format!("currency-{}", money.currency), &money.currency);
        format::money(self.language, money, &words)
    }

    /// A period in words: "5 working days".
    pub(crate) fn period(&self, period: &app::definition::model::Period) -> String {
        use app::definition::model::Unit;
        let key = match period.unit {
            Unit::Workdays => "period-workdays",
            Unit::Days => "period-days",
            Unit::Months => "period-months",
            Unit::Years => "period-years",
        };
        self.t2(key, ("count", FluentValue::from(f64::from(period.count))), ("shown", self.count(period.count)))
    }

    /// The text of a ground, and whether it is a draft is shown beside it by the template.
    pub(crate) fn ground(&self, id: &str) -> String {
        let ground = self.zone().grounds.get(id);
        ground.and_then(|ground| ground.text.get(self.language.tag())).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// A code in words.
    pub(crate) fn code(&self, list: &str, code: &str) -> String {
        let words = self.zone().lists.get(list).and_then(|list| list.words.get(code));
        let words = words.and_then(|words| words.get(self.language.tag())).cloned();
        // The values of an attribute that names no list have no words in the zone; the site knows the usual ones.
        words.unwrap_or_else(|| self.t_or(&format!("code-{code}"), code))
    }

    /// A value of a concept's type in words.
    pub(crate) fn value(&self, concept: &str, value: &Value) -> String {
        self.typed(self.zone().concepts.get(concept).map(|concept| &concept.type_), value)
    }

    /// A value of a type in words.
    pub(crate) fn typed(&self, type_: Option<&Type>, value: &Value) -> String {
        match (value, type_) {
            (Value::Code(code), Some(Type::Code(list))) => self.code(list, code),
            (Value::Code(text) | Value::Text(text), _) => spoken(text),
            (Value::Bool(value), _) => self.t(if *value { "yes" } else { "no" }),
            (Value::Decimal(number), _) => format::number(self.language, number),
            (Value::Money(money), _) => self.money(money),
            (Value::Date(date), _) => self.date(date),
            (Value::Document(document), _) => spoken(&document.name),
            (Value::Place(place), _) => {
                let degrees = |e7: i32| Decimal::new(i64::from(e7), 7).round_dp(5);
                let show = |e7: i32| format::number(self.language, &degrees(e7));
                format!("{} / {}", show(place.lat_e7), show(place.lon_e7))
            }
            (Value::List(values), _) => values
                .iter()
                .map(|value| self.typed(type_, value))
                .collect::<Vec<_>>()
                .join(self.t("list-comma").as_str()),
        }
    }
}

/// What somebody wrote, without what would change the look of the text around it: controls (HTML Standard, section 3.2.5.2.5 forbids them), and
/// the marks that embed, override and isolate directions (Unicode Standard Annex 9, section 2), which could even close the isolate that a page puts
/// around it.
pub(crate) fn spoken(text: &str) -> String {
    let direction = |own: char| matches!(own, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let control = |own: char| own.is_control() && own != '\n';
    text.chars().filter(|own| !direction(*own) && !control(*own)).collect()
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn what_people_write_changes_nothing_around_it() {
        assert_eq!(spoken("می\u{200c}شود\n\u{202e}gpj.exe\u{2069}\0\u{9b}"), "می\u{200c}شود\ngpj.exe");
    }
}
