//! What is wrong with what was sent, in Persian, with what to do about it; the English stands with the faults themselves.
//!
//! Must not know of: where a fault was found. Names of elements, codes and amounts stay as they were written.

mod amend;
mod edifact;
mod goods;
mod obstacle;
mod reason;
mod sheet;

use definition::syntax::xml::XmlFault;

use crate::problem::{At, Fault, Problem};
use crate::sheet::columns;

pub(crate) use goods::{goods, name, quantity};
pub(crate) use obstacle::obstacle;
pub(crate) use reason::reason;

/// What is wrong and what to do, in Persian and in English; with the segment or cell where that says more than a line.
pub(crate) fn problem(problem: &Problem) -> (String, String) {
    let (fa, en) = problem.at.as_ref().map(at_both).unwrap_or_default();
    let (own_fa, own_en) = match problem.at {
        Some(At::Cell { .. }) => typed(&problem.fault),
        _ => (fault(&problem.fault), format!("{}; {}", problem.fault, problem.fault.help())),
    };
    (format!("{fa}{own_fa}"), format!("{en}{own_en}"))
}

/// What is wrong with what was typed into a form or a sheet, in Persian and in English.
pub(crate) fn typed(of: &Fault) -> (String, String) {
    let fa = match of {
        Fault::NotDigits { most, text } => {
            format!("«{text}» کدی با حداکثر {most} رقم نیست؛ کد را با رقم‌های فارسی یا لاتین بنویسید.")
        }
        Fault::NotANumber { text } => {
            format!("«{text}» عدد نیست؛ آن را با رقم‌های فارسی یا لاتین بنویسید، مانند «۱۲٬۵۰۰٫۷۵» یا «12500.75».")
        }
        Fault::Negative { text } => format!("«{text}» کمتر از صفر است؛ بدون علامت بنویسید."),
        Fault::Blank => "خالی است؛ مقدار را بنویسید.".to_owned(),
        other => fault(other),
    };
    (fa, format!("{of}; {}", of.help_typed()))
}

/// A place that has numbers of its own, before what is said of it, in Persian and in English.
pub(crate) fn at_both(place: &At) -> (String, String) {
    (format!("{}: ", at(place)), format!("{place}: "))
}

fn at(at: &At) -> String {
    match at {
        At::Segment { number, tag, element, component } => {
            let further = |word: &str, number: u32| match number {
                0 => String::new(),
                number => format!("، {word} {number}"),
            };
            format!("سگمنت {number} ({tag}){}{}", further("عنصر", *element), further("جزء", *component))
        }
        At::Cell { sheet, row, column, head } => {
            let sheet = if sheet.is_empty() { String::new() } else { format!("برگهٔ {sheet}، ") };
            format!("{sheet}خانهٔ {column}{row} ({})", columns::persian(head))
        }
    }
}

/// What is wrong with a message.
pub(crate) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Xml(fault) => xml(fault),
        Fault::Edifact(fault) => edifact::fault(fault),
        Fault::Amend(fault) => amend::fault(fault),
        Fault::Sheet(fault) => sheet::fault(fault),
        Fault::NotUtf8 => "پرونده با UTF-8 نوشته نشده است؛ آن را با UTF-8 ذخیره کنید.".to_owned(),
        Fault::OtherMessage { root } => format!(
            "پرونده با «{root}» آغاز می‌شود و نه اظهارنامه است نه پاسخ آن؛ اظهارنامهٔ WCO بفرستید: MetaData با Declaration در آن."
        ),
        Fault::Unknown { name, class, nearest } => {
            let help = match nearest {
                Some(nearest) => format!("آیا «{nearest}» را می‌خواستید؟"),
                None => "آن را بردارید یا در جای خودش بنویسید.".to_owned(),
            };
            format!("«{name}» جزو «{class}» نیست؛ {help}")
        }
        Fault::TooMany { name, most } => {
            format!("اینجا بیش از {most} بار «{name}» آمده است؛ {most} تا را نگه دارید و بقیه را جداگانه اظهار کنید.")
        }
        Fault::Missing { name } => format!("«{name}» نیامده است؛ آن را بیفزایید."),
        Fault::Nested => "جایی که باید تنها متن باشد عنصر آمده است؛ فقط متن را بنویسید.".to_owned(),
        Fault::StrayText { text } => {
            format!("میان عنصرها متن «{text}» آمده است؛ آن را بردارید یا در عنصر خودش بنویسید.")
        }
        Fault::Blank => "خالی است؛ مقدار را بنویسید یا عنصر را بردارید.".to_owned(),
        Fault::TooLong { most, chars } => {
            format!("{chars} نویسه دارد و حداکثر {most} نویسه پذیرفته می‌شود؛ آن را کوتاه کنید.")
        }
        Fault::NotLetters { exactly, text } => {
            format!("«{text}» {exactly} حرف لاتین نیست؛ کد را مانند TR (ISO 3166-1) یا IRR (ISO 4217) بنویسید.")
        }
        Fault::NotDigits { most, text } => {
            format!("«{text}» کدی با حداکثر {most} رقم نیست؛ کد را با رقم‌های «0» تا «9» بنویسید.")
        }
        Fault::NotANumber { text } => {
            format!(
                "«{text}» عدد نیست؛ آن را با رقم‌های «0» تا «9» و ممیز نقطه و بدون جداکننده بنویسید، مانند «12500.75»."
            )
        }
        Fault::Negative { text } => format!("«{text}» کمتر از صفر است؛ بدون علامت بنویسید. کسورات عنصر جداگانه دارند."),
        Fault::TooManyDigits { digits, text } => {
            format!("«{text}» بیش از {digits} رقم دارد؛ ببینید که ممیزی جا نیفتاده باشد.")
        }
        Fault::TooFine { fraction, text } => {
            format!("«{text}» بیش از {fraction} رقم پس از ممیز دارد؛ آن را به {fraction} رقم گرد کنید.")
        }
        Fault::NotADate { text } => {
            format!("«{text}» تاریخ نیست؛ آن را مانند «20261125» بنویسید، یا با ساعت مانند «20261125143000Z».")
        }
        Fault::NotACountry { text } => {
            format!("«{text}» کشور نیست؛ دو حرف ISO 3166-1 را بنویسید، مانند TR یا CN.")
        }
        Fault::NoUnit => {
            "مقدار واحد ندارد؛ واحد آن را بنویسید، مانند C62 برای عدد یا LTR برای لیتر، یا مقدار را بردارید.".to_owned()
        }
        Fault::NoQuantity => "واحد نوشته شده و مقدار نه؛ مقدار را بنویسید یا واحد را بردارید.".to_owned(),
        Fault::NotACurrency { text } => format!("«{text}» ارز نیست؛ سه حرف ISO 4217 را بنویسید، مانند IRR."),
    }
}

fn xml(fault: &XmlFault) -> String {
    match fault {
        XmlFault::TooLarge { bytes, max } => {
            format!("پرونده {bytes} بایت دارد و حداکثر {max} بایت خوانده می‌شود؛ آن را به چند پرونده بشکنید.")
        }
        XmlFault::TooDeep { max } => format!("عنصرها بیش از {max} لایه تودرتو هستند؛ آنچه را که جزو آن نیست بردارید."),
        XmlFault::TooManyElements { max } => {
            format!("پرونده بیش از {max} عنصر دارد؛ آن را به چند پرونده بشکنید.")
        }
        XmlFault::DocumentType => {
            "پرونده DOCTYPE دارد که می‌تواند حافظه را پر کند؛ سطر <!DOCTYPE ...> را بردارید.".to_owned()
        }
        XmlFault::UnknownEntity { name } => {
            format!("موجودیت «&{name};» را XML نمی‌شناسد؛ خود نویسه یا شمارهٔ آن را بنویسید، مانند &#160;.")
        }
        XmlFault::Malformed { message } => {
            format!("این XML نیست ({message})؛ آن را درست کنید یا با برنامه‌ای که XML می‌نویسد دوباره بسازید.")
        }
        XmlFault::Truncated { element } => {
            format!("پرونده در میانهٔ عنصر «{element}» پایان می‌یابد؛ همهٔ پرونده را بفرستید.")
        }
        XmlFault::Empty => "در پرونده هیچ عنصری نیست؛ پروندهٔ اظهارنامه را بفرستید.".to_owned(),
        XmlFault::SecondRoot { element } => {
            format!("پس از پایان عنصر اصلی، «{element}» آمده است؛ هر پرونده یک پیام دارد.")
        }
    }
}
