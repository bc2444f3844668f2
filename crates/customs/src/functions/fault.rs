//! What a person is told of data that a function can do nothing with: where, what, and what to do, in Persian and in English.
//!
//! Must not know of: how it is shown.

mod codes;
mod manifest;
mod masses;
mod measured;
mod obstacle;

use std::collections::BTreeMap;

use definition::span::Span;
use definition::value::{Date, Money};

use super::exclusions::Excluded;
use crate::declaration::Item;
use crate::goods::{Commodity, Country, Id, NameFault, QuantityFault};
use crate::problem::{Problem, line_and_column};

/// Something that is wrong with what a function was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In which of the data that it was given, from 0.
    pub of: usize,
    /// The number of the item that it is about; 0 where it is about no one item, or its place says which.
    pub item: u32,
    /// The key of the datum that it is about, as forms and sheets of items name it; empty where it is about no one.
    pub field: &'static str,
    /// Line and column from 1, and the element; empty where it is about the whole.
    pub place: String,
    /// Where in the document, until that is told by line and column.
    pub(super) span: Option<Span>,
    /// What is wrong and what to do, by language tag.
    pub words: BTreeMap<&'static str, String>,
}

impl Fault {
    fn new(place: String, fa: String, en: String) -> Self {
        Self { of: 0, item: 0, field: "", place, span: None, words: BTreeMap::from([("fa", fa), ("en", en)]) }
    }

    fn whole(fa: &str, en: &str) -> Self {
        Self::new(String::new(), fa.to_owned(), en.to_owned())
    }

    pub(super) fn of_problem(problem: &Problem, bytes: &[u8]) -> Self {
        let number = problem.id.map(|id| format!(" ({id})")).unwrap_or_default();
        let place = format!("{} {}{number}", at(problem.span, bytes), problem.path).trim_end().to_owned();
        let (fa, en) = crate::words::problem(problem);
        Self::new(place, fa, en)
    }

    /// Of an item's datum, by its key; where it stands, or the item where it is missing.
    fn of_item(item: u32, field: &'static str, span: Option<Span>, fa: String, en: String) -> Self {
        Self { item, field, span, ..Self::new(String::new(), fa, en) }
    }

    /// More faults than are told at once.
    pub(super) fn more(of: usize, count: usize) -> Self {
        let fa = format!("{count} ایراد دیگر هم هست که پس از رفع این‌ها گفته می‌شود.");
        let en = format!("there are {count} more faults, which are told when these are mended");
        Self { of, ..Self::new(String::new(), fa, en) }
    }

    pub(super) fn no_document() -> Self {
        Self::whole("اظهارنامه در دسترس نیست؛ دوباره آن را بفرستید.", "the declaration is not there; send it again")
    }

    pub(super) fn answer() -> Self {
        Self::whole(
            "این پیام پاسخ گمرک است؛ خود اظهارنامه را بفرستید.",
            "this is an answer; send the declaration that it answers",
        )
    }

    pub(super) fn several() -> Self {
        Self::whole(
            "در این پرونده چند اظهارنامه است؛ هر یک را جداگانه بفرستید.",
            "there are several declarations in it; send each by itself",
        )
    }

    pub(super) fn no_reference() -> Self {
        let said = Self::whole(
            "اظهارنامه شمارهٔ مرجع اظهارکننده ندارد؛ شماره‌ای را که خودتان به آن می‌دهید بنویسید.",
            "the declaration has no reference of the declarant's own; write the number that you give it",
        );
        Self { field: "reference", ..said }
    }

    /// An identifier that is none, in one of the data that were given.
    pub(super) fn name(of: usize, fault: &NameFault) -> Self {
        Self { of, ..Self::new(String::new(), crate::words::name(fault), fault.to_string()) }
    }

    pub(super) fn name_of_item(item: u32, field: &'static str, fault: &NameFault) -> Self {
        let (fa, en) = (format!("قلم {item}: {}", crate::words::name(fault)), format!("item {item}: {fault}"));
        Self::of_item(item, field, None, fa, en)
    }

    /// An item without a number; `place` is where it stands among the items from 1, or 0 where there is no other.
    pub(super) fn no_number(place: u32) -> Self {
        let (which_fa, which_en) = match place {
            0 => ("قلم".to_owned(), "the item".to_owned()),
            place => (format!("قلمی که در جایگاه {place} است"), format!("the item in place {place}")),
        };
        let fa = format!("{which_fa} شماره ندارد؛ قلم‌ها را از ۱ شماره‌گذاری کنید (SequenceNumeric).");
        let en = format!("{which_en} has no number; number the items from 1 (SequenceNumeric)");
        Self::new(String::new(), fa, en)
    }

    pub(super) fn number_twice(item: u32) -> Self {
        let fa = format!("دو قلم شمارهٔ {item} دارند؛ به هر قلم شمارهٔ خودش را بدهید.");
        let en = format!("two items have the number {item}; give each a number of its own");
        Self::of_item(item, "number", None, fa, en)
    }

    pub(super) fn no_quantity(item: u32, field: &'static str) -> Self {
        let fa = format!("مقدار قلم {item} صفر است؛ مقدار کالا را بنویسید یا قلم را بردارید.");
        let en = format!("the quantity of item {item} is nothing; write how much there is, or leave the item out");
        Self::of_item(item, field, None, fa, en)
    }

    pub(super) fn no_mass(item: u32) -> Self {
        let (fa, en) =
            (format!("قلم {item} وزن خالص ندارد؛ آن را بیفزایید."), format!("item {item} has no net mass; add it"));
        Self::of_item(item, "net", None, fa, en)
    }

    pub(super) fn quantity(item: u32, field: &'static str, fault: &QuantityFault) -> Self {
        let fa = format!("قلم {item}: {}", crate::words::quantity(fault));
        Self::of_item(item, field, None, fa, format!("item {item}: {fault}"))
    }

    /// It, standing where its datum does; of what is missing, where its item does.
    pub(super) fn at(self, span: Option<Span>, item: &Item) -> Self {
        let of_item = || item.number.as_ref().map(|number| number.span);
        Self { span: span.or_else(of_item), ..self }
    }

    pub(super) fn amount(of: usize, fault: &QuantityFault) -> Self {
        Self { of, ..Self::new(String::new(), crate::words::quantity(fault), fault.to_string()) }
    }

    pub(super) fn no_recipe(of: usize, name: &str) -> Self {
        let (fa, en) = (format!("دستور ساختی به نام «{name}» نیست."), format!("there is no recipe `{name}`"));
        Self { of, ..Self::new(String::new(), fa, en) }
    }

    pub(super) fn procedure(item: u32, code: &str) -> Self {
        let fa = format!(
            "قلم {item} تنها با رویهٔ «{code}» اظهار نشده است؛ هر قلم باید با همین رویه و نه رویه‌ای دیگر اظهار شود: رویه را اصلاح کنید."
        );
        let en = format!(
            "item {item} is not declared for the procedure {code} alone; every item has to be declared for it and for no other: mend the procedure"
        );
        Self::of_item(item, "procedure", None, fa, en)
    }

    pub(super) fn no_transit(kind: &str) -> Self {
        Self::new(
            String::new(),
            format!("نوع اظهارنامه (TypeCode) {kind} نیست؛ برای ترانزیت کالای خارج از گردش آزاد {kind} بنویسید."),
            format!(
                "the declaration's kind (TypeCode) is not {kind}; write {kind} for transit of goods not in free circulation"
            ),
        )
    }

    pub(super) fn procedure_in_transit() -> Self {
        Self::whole(
            "اظهارنامهٔ ترانزیت رویه (GovernmentProcedure) ندارد؛ رویه‌ها را بردارید.",
            "a transit declaration names no procedure (GovernmentProcedure); take the procedures out",
        )
    }

    /// Goods are worth nothing by what is declared: what a lot is worth is what its goods owe when they leave.
    pub(super) fn no_value(item: u32) -> Self {
        let fa = format!("ارزش گمرکی قلم {item} صفر است؛ کالای رایگان هم ارزش دارد: ارزش آن را اظهار کنید.");
        let en = format!(
            "the customs value of item {item} is nothing; goods that cost nothing are worth something: declare that"
        );
        Self::of_item(item, "price", None, fa, en)
    }

    /// Goods that leave as they came are declared at less than they came in at.
    pub(super) fn below_entry(item: Option<&Item>, declared: &Money, entered: &Money) -> Self {
        let span = item.and_then(|item| item.charge.as_ref()).map(|charge| charge.value.span);
        let money = |money: &Money| format!("{} {}", money.amount().normalize(), money.currency);
        let (declared, entered) = (money(declared), money(entered));
        let fa = format!(
            "ارزش اظهارشده {declared} است و کالا، یا آنچه از خارج در آن به کار رفته، با ارزش {entered} وارد منطقه شده است؛ دست‌کم {entered} اظهار کنید."
        );
        let en = format!(
            "{declared} are declared, and the goods, or what is in them from abroad, came in at {entered}; declare at least {entered}"
        );
        Self::of_item(item.map_or(0, number), "price", span, fa, en)
    }

    /// Goods leave as they came, and are declared with another origin.
    pub(super) fn other_origin(item: &Item, declared: Option<&Country>, recorded: &Country) -> Self {
        let span = item.origins.first().and_then(|origin| origin.country.as_ref()).map(|country| country.span);
        let number = number(item);
        let is = declared.map_or("-", Country::as_str);
        let fa = format!(
            "قلم {number}: مبدأ {is} اظهار شده و کالا با مبدأ {recorded} وارد منطقه شده است؛ {recorded} بنویسید، یا اظهارنامهٔ ورود را اصلاح کنید. کالای دو مبدأ جداگانه اظهار می‌شود."
        );
        let en = format!(
            "item {number}: the origin {is} is declared, and the goods came in as made in {recorded}; write {recorded}, or have the declaration of entry amended; goods of two origins are declared separately"
        );
        Self::of_item(number, "origin", span, fa, en)
    }

    /// Goods came in at a value in another currency than that in which they are assessed now.
    pub(super) fn entered_otherwise(currency: &str) -> Self {
        Self::new(
            String::new(),
            format!(
                "ارزش ورود کالا به {currency} ثبت نشده است و با ارزش اظهارشده سنجیدنی نیست؛ از گمرک بخواهید آن را بازبینی کند."
            ),
            format!(
                "the goods came in at a value that is not in {currency}, and cannot be compared; ask customs to look at it"
            ),
        )
    }

    pub(super) fn no_allowance(day: Date) -> Self {
        Self::new(
            String::new(),
            format!("در تاریخ {day} سهمیه‌ای تعیین نشده است؛ از گمرک بخواهید جدول سهمیه‌ها را بازبینی کند."),
            format!("no allowance is set on {day}; ask customs to look at the table of allowances"),
        )
    }

    pub(super) fn unknown_commodity(commodity: &Commodity) -> Self {
        let fa = format!("تعرفه برای «{commodity}» چیزی ندارد؛ کد را در تعرفه جست‌وجو کنید.");
        let en = format!("the tariff has nothing on {commodity}; look the code up in the tariff");
        Self { of: 1, ..Self::new(String::new(), fa, en) }
    }

    pub(super) fn excluded(commodity: &Commodity, what: &Excluded) -> Self {
        let Excluded { fa, en, .. } = what;
        let fa = format!("«{commodity}»، {fa}، کالای مسافری نیست؛ آن را برای خروج به سرزمین اصلی اظهار کنید.");
        let en = format!("{commodity}, {en}, cannot be passenger goods; declare it for exit to the mainland");
        Self { of: 1, ..Self::new(String::new(), fa, en) }
    }

    pub(super) fn other_currency(of: usize, currency: &str) -> Self {
        let fa = format!("سهمیه به {currency} شمرده می‌شود؛ ارزش را به {currency} بنویسید.");
        let en = format!("the allowance is counted in {currency}; write the value in {currency}");
        Self { of, ..Self::new(String::new(), fa, en) }
    }

    /// An offer that stands until a day on which nobody could take it, or too long.
    pub(super) fn offer_until(first: Date, last: Date) -> Self {
        let fa = format!("پیشنهاد دست‌کم تا {first} و حداکثر تا {last} معتبر است؛ تاریخی در این میان بنویسید.");
        let en = format!("an offer stands until a day from {first} to {last}; write one of these");
        Self { of: 2, ..Self::new(String::new(), fa, en) }
    }

    pub(super) fn offer_lapsed(receipt: &Id, until: Date) -> Self {
        let fa = format!("مهلت پیشنهاد قبض انبار {receipt} در {until} گذشته است؛ از دارندهٔ قبض پیشنهاد تازه بخواهید.");
        let en = format!("the offer of the receipt {receipt} lapsed after {until}; ask its holder for a new one");
        Self { of: 1, ..Self::new(String::new(), fa, en) }
    }

    pub(super) fn no_lot_of_entry(lot: &Id) -> Self {
        let fa = format!("محمولهٔ {lot} با اظهارنامهٔ ورود باز نشده است؛ محموله‌ای از همان اظهارنامه نام ببرید.");
        let en = format!("the lot {lot} was opened by no declaration of entry; name a lot of the declaration");
        Self { of: 3, ..Self::new(String::new(), fa, en) }
    }

    pub(super) fn not_entered(item: u32, lot: &Id) -> Self {
        Self::new(
            String::new(),
            format!(
                "قلم {item} با این اظهارنامه به محمولهٔ {lot} وارد نشده است؛ همان اظهارنامه‌ای را بفرستید که کالا با آن وارد شد، و محموله‌ای از آن نام ببرید."
            ),
            format!(
                "item {item} did not come into the lot {lot} by this declaration; send the one by which the goods came in, and name a lot of it"
            ),
        )
    }

    pub(super) fn other_original(item: u32) -> Self {
        Self::new(
            String::new(),
            format!(
                "قلم {item} چنان نیست که وارد منطقه شد: کد، مقدار، مبدأ یا بهای آن دیگر است؛ اظهارنامه را چنان‌که اکنون اعتبار دارد بفرستید، با آنچه سنجیده یا پیش‌تر اصلاح شده است."
            ),
            format!(
                "item {item} is not as it came in: its code, quantity, origin or price differs; send the declaration as it stands, with what was measured or amended before"
            ),
        )
    }

    pub(super) fn other_code(item: u32) -> Self {
        Self::new(
            String::new(),
            format!("کد کالای قلم {item} اصلاح‌شدنی نیست؛ اظهارنامه را پس بگیرید و دوباره اظهار کنید."),
            format!(
                "the commodity's code of item {item} cannot be amended; take the declaration back and declare anew"
            ),
        )
    }

    pub(super) fn item_added(item: u32) -> Self {
        Self::new(
            String::new(),
            format!("قلم {item} در اظهارنامهٔ اصلی نیست؛ آن را با اظهارنامه‌ای جداگانه اظهار کنید."),
            format!("item {item} is not in the original; declare it by a declaration of its own"),
        )
    }

    pub(super) fn other_reference() -> Self {
        Self::whole(
            "شمارهٔ مرجع اظهارکننده (FunctionalReferenceID) اصلاح‌شدنی نیست؛ همان شماره را بنویسید.",
            "the declarant's reference (FunctionalReferenceID) cannot be amended; write the same one",
        )
    }

    pub(super) fn no_original() -> Self {
        Self::whole(
            "این اظهارنامهٔ اصلی نیست (FunctionCode برابر «9»)؛ اظهارنامهٔ اصلی را بفرستید.",
            "this is no original declaration (FunctionCode 9); send the original",
        )
    }

    pub(super) fn too_many_items(most: usize) -> Self {
        Self::new(
            String::new(),
            format!("اظهارنامه بیش از {most} قلم دارد؛ آن را به چند اظهارنامه بشکنید."),
            format!("the declaration has more than {most} items; split it into several"),
        )
    }

    pub(super) fn one_item() -> Self {
        Self::whole(
            "اظهارنامه‌ای که کالا با آن از منطقه می‌رود باید دقیقاً یک قلم داشته باشد؛ هر محموله را جداگانه اظهار کنید.",
            "a declaration by which goods leave the zone has one item; declare each lot by itself",
        )
    }

    /// A declaration of which the zone's model says nothing: what it has is no number where the model reads one, or the model gives no chance.
    pub(super) fn unscored() -> Self {
        Self::whole(
            "مدل ریسک منطقه دربارهٔ این اظهارنامه چیزی نمی‌گوید؛ کد کالا و مقدارها را بازبینی کنید، یا به گمرک خبر دهید.",
            "the zone's risk model says nothing of this declaration; see whether codes and quantities are right, or tell the customs office",
        )
    }

    pub(super) fn too_large() -> Self {
        Self::whole(
            "جمع مبلغ‌ها بیش از اندازه بزرگ است؛ مبلغ‌ها را بازبینی کنید.",
            "the total is too large; see whether the amounts are right",
        )
    }
}

fn at(span: Span, bytes: &[u8]) -> String {
    let (line, column) = line_and_column(span, bytes);
    format!("{line}:{column}")
}

/// The number of an item; 0 where it has none that is one.
pub(super) fn number(item: &Item) -> u32 {
    item.number.as_ref().and_then(|number| u32::try_from(number.value).ok()).unwrap_or(0)
}
