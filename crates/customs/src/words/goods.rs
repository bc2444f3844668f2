//! What is in the way of a movement of goods, in Persian, with what to do about it.
//!
//! Must not know of: where in the movement it was found.

mod recipe;

use crate::goods::{
    AllowanceRef, GoodsFault, HoldKind, Holding, Id, ItemRef, MAX_CONTENTS, MAX_LAYERS, MAX_RESERVATIONS, NameFault,
    Passage, QuantityFault,
};

/// What is in the way of a movement.
pub(crate) fn goods(fault: &GoodsFault) -> String {
    of_holding(fault)
        .or_else(|| of_reservation(fault))
        .or_else(|| of_item(fault))
        .or_else(|| recipe::of_processing(fault))
        .unwrap_or_else(|| of_amount(fault))
}

/// About a lot or a receipt.
fn of_holding(fault: &GoodsFault) -> Option<String> {
    Some(match fault {
        GoodsFault::Unknown(of) => format!("{} نیست؛ شماره را چنان‌که صادر شده بنویسید.", holding(of)),
        GoodsFault::NoneOf { holding: of, claimed } => format!(
            "به نام {claimed} {} نیست؛ شماره را چنان‌که صادر شده بنویسید یا نخست قبض کالا به نام شما منتقل شود.",
            holding(of)
        ),
        GoodsFault::Spent(of @ Holding::Lot(_)) => {
            format!("از {} چیزی نمانده است؛ در سابقهٔ آن ببینید که کالا کجا رفته است.", holding(of))
        }
        GoodsFault::Spent(of @ Holding::Receipt(_)) => {
            format!("{} باطل است؛ قبضی را به کار برید که پس از تفکیک یا انتقال جای آن را گرفته است.", holding(of))
        }
        GoodsFault::MovedOn(of) => format!(
            "کالای {} چنان‌که وارد شد در آن نیست؛ تنها کالایی با اصلاح اظهارنامه همراه می‌شود که چیزی از آن جدا، فرآوری یا خارج نشده باشد.",
            holding(of)
        ),
        GoodsFault::NotEnough { holding: of, wanted, left } => format!(
            "از {} {wanted} خواسته شده و {left} مانده است؛ حداکثر {left} بردارید یا برای بقیه محموله دیگری نام ببرید.",
            holding(of)
        ),
        GoodsFault::Held { holding: of, kind, reference } => {
            let state =
                if *kind == HoldKind::Seizure { "ضبط شده است" } else { "در حال بازرسی است" };
            format!("{} به موجب {reference} {state}؛ تا رفع آن صبر کنید.", holding(of))
        }
        GoodsFault::HeldAlready { holding: of, reference } => {
            format!("{} پیش‌تر به موجب {reference} نگه داشته شده است؛ کاری نمانده است.", holding(of))
        }
        GoodsFault::NotHeld { holding: of, reference } => {
            format!("{reference} {} را نگه نداشته است؛ سندی را نام ببرید که آن را نگه داشته است.", holding(of))
        }
        GoodsFault::OtherCommodity { holding: of, is, wanted } => {
            format!("کالای {} «{is}» است و نه «{wanted}»؛ محموله همین کالا را نام ببرید یا کد را اصلاح کنید.", holding(of))
        }
        GoodsFault::Exists(of) => {
            format!("{} پیش‌تر هست؛ شماره‌ای بنویسید که هرگز به کار نرفته باشد.", holding(of))
        }
        GoodsFault::Twice(of) => format!("{} دو بار آمده است؛ شماره‌ای دیگر بنویسید.", holding(of)),
        GoodsFault::LotDiffers { lot, what } => {
            format!("محموله {lot} پیش‌تر هست و {} آن دیگر است؛ کالا را در محموله جداگانه بگذارید.", part(what))
        }
        GoodsFault::FilledOnce { lot } => {
            format!("محموله {lot} پیش‌تر هست و یک بار پر می‌شود؛ کالا را در محموله جداگانه بگذارید.")
        }
        GoodsFault::OnePart { .. } => {
            "قبض دست‌کم به دو قبض تفکیک می‌شود؛ دو بخش یا بیشتر بنویسید یا قبض را یکجا منتقل کنید.".to_owned()
        }
        GoodsFault::PartsDiffer { sum, whole, receipt } => {
            format!("جمع بخش‌ها {sum} است و {} برای {whole} است؛ جمع باید درست {whole} باشد.", holding(receipt))
        }
        GoodsFault::SameHolder { holder } => {
            format!("{holder} خود دارندهٔ آن است؛ دارندهٔ بعدی را نام ببرید.")
        }
        GoodsFault::TooManyLayers(of) => {
            format!("{} بیش از {MAX_LAYERS} لایه خواهد داشت؛ کالا را در محموله دیگری بگذارید.", holding(of))
        }
        _ => return None,
    })
}

/// About what is kept for others.
fn of_reservation(fault: &GoodsFault) -> Option<String> {
    Some(match fault {
        GoodsFault::Reserved { holding: of, wanted, there, reserved, free, by } => {
            let by: Vec<&str> = by.iter().map(Id::as_str).collect();
            let most = if free.is_zero() { String::new() } else { format!("حداکثر {free} بردارید یا ") };
            format!(
                "از {} {wanted} خواسته شده است؛ {there} هست و {reserved} آن برای {} نگه داشته شده است؛ {most}تا تعیین تکلیف آن صبر کنید: آنچه پس گرفته یا رد شود یا مهلتش بگذرد دوباره آزاد است.",
                holding(of),
                by.join("، ")
            )
        }
        GoodsFault::OpenAlready { declaration, by } => format!(
            "اظهارنامهٔ «{declaration}» هم‌اکنون در پروندهٔ {by} باز است؛ تا پایان آن صبر کنید یا آن را پس بگیرید یا با شمارهٔ دیگری اظهار کنید."
        ),
        GoodsFault::TooManyReservations(of) => {
            format!("برای {} {MAX_RESERVATIONS} اظهارنامهٔ باز هست؛ تا تعیین تکلیف یکی از آن‌ها صبر کنید.", holding(of))
        }
        _ => return None,
    })
}

/// About an item of a declaration, an allowance, an offer or a transit.
fn of_item(fault: &GoodsFault) -> Option<String> {
    Some(match fault {
        GoodsFault::BeyondDeclared { item: of, wanted, declared, left } => format!(
            "{wanted} از {} می‌گذرد که {declared} اظهار شده و {left} آن نگذشته است؛ حداکثر {left} بگذرانید و برای مازاد اظهارنامه اصلاح شود.",
            item(of)
        ),
        GoodsFault::DeclaredDiffers { item: of, was, is } => format!(
            "{} هنگام گذشتن بخشی از آن {was} اظهار شده بود و اکنون {is}؛ {was} بنویسید یا نخست اظهارنامه اصلاح شود.",
            item(of)
        ),
        GoodsFault::OtherPassage { item: of, passage } => {
            format!("{} برای {} اظهار شده است؛ قلمی را نام ببرید که برای همین کار است.", item(of), way(*passage))
        }
        GoodsFault::NotOffered { receipt } => format!(
            "قبض انبار {receipt} پیشنهاد نشده است؛ پیشنهادهای معتبر را ببینید. پیشنهادی که پذیرفته، رد یا پس گرفته شده باشد، دارندهٔ قبض می‌تواند دوباره بدهد."
        ),
        GoodsFault::OfferChanged { receipt, offered, left } => format!(
            "از قبض انبار {receipt}، {offered} پیشنهاد شده است و اکنون {left} از آن مانده است؛ از دارندهٔ آن پیشنهاد تازه‌ای بخواهید."
        ),
        GoodsFault::DischargedAlready { transit, reference } => format!(
            "ترانزیت {transit} پیش‌تر در پروندهٔ {reference} پایان یافته است؛ کاری نمانده است و گواهی همان پرونده کافی است."
        ),
        GoodsFault::ArrivalRefused { transit, reference } => format!(
            "پایان ترانزیت {transit} در پروندهٔ {reference} پذیرفته نشده است؛ به همان تصمیم اعتراض کنید، زیرا تا رأی هیئت دوباره رسیدگی نمی‌شود."
        ),
        GoodsFault::ArrivesAlready { transit, by } => format!(
            "رسیدن ترانزیت {transit} هم‌اکنون در پروندهٔ {by} بررسی می‌شود؛ تا پایان آن صبر کنید یا آن را پس بگیرید."
        ),
        GoodsFault::ItemZero => "شمارهٔ قلم 0 است؛ قلم‌ها را از 1 شماره بزنید.".to_owned(),
        GoodsFault::OtherMeasure { allowance: of } => {
            format!("{} با سنجهٔ دیگری شمرده می‌شود؛ با همان سنجه بردارید.", allowance(of))
        }
        GoodsFault::Overspent { allowance: of, wanted, left } => format!(
            "از {} {wanted} خواسته شده و {left} مانده است؛ حداکثر {left} بردارید یا حقوق بقیه را بپردازید.",
            allowance(of)
        ),
        _ => return None,
    })
}

/// About quantities, values and the rest.
fn of_amount(fault: &GoodsFault) -> String {
    match fault {
        GoodsFault::OtherUnit { wanted, unit } => {
            format!("{wanted} به {unit} تبدیل نمی‌شود؛ مقدار را به {unit} یا واحدی که به آن تبدیل شود بنویسید.")
        }
        GoodsFault::Nothing => "مقدار هیچ است؛ مقداری بیش از صفر بنویسید.".to_owned(),
        GoodsFault::NegativeValue => "ارزش کمتر از صفر است؛ ارزش گمرکی را صفر یا بیشتر بنویسید.".to_owned(),
        GoodsFault::UnknownCurrency { currency } => {
            format!("ارز «{currency}» شناخته نیست؛ سه حرف ISO 4217 را بنویسید، مانند IRR.")
        }
        GoodsFault::TooLarge => {
            "بزرگ‌تر از آن است که نگه داشته شود؛ ببینید ممیزی جا نیفتاده باشد یا در چند بخش جابه‌جا کنید.".to_owned()
        }
        GoodsFault::Empty => "چیزی نام برده نشده است؛ دست‌کم یکی را نام ببرید.".to_owned(),
        GoodsFault::TooManyContents => {
            format!("از بیش از {MAX_CONTENTS} قلم اظهارشده ساخته می‌شود؛ در نوبت‌های کوچک‌تر فرآوری کنید.")
        }
        // What is left does not speak of what somebody wrote.
        _ => "دفترها با هم نمی‌خوانند؛ باید از روی سابقه دوباره ساخته شوند.".to_owned(),
    }
}

/// Why a text is no identifier or code.
pub(crate) fn name(fault: &NameFault) -> String {
    match fault {
        NameFault::Blank => "شناسه خالی است؛ آن را بنویسید.".to_owned(),
        NameFault::TooLong { chars } => {
            format!("شناسه {chars} نویسه دارد و حداکثر 70 نویسه پذیرفته می‌شود؛ آن را کوتاه کنید.")
        }
        NameFault::Unwritable => {
            "شناسه نویسه‌ای دارد که دیده نمی‌شود یا جهت نوشته را برمی‌گرداند؛ آن را از نو بنویسید.".to_owned()
        }
        NameFault::Country { text } => {
            format!("«{text}» کشور نیست؛ دو حرف آن را چنان‌که در ISO 3166-1 آمده بنویسید، مانند TR.")
        }
        NameFault::Commodity { text } => format!("«{text}» کد کالا نیست؛ شش تا ده رقم بدون نقطه بنویسید."),
    }
}

/// Why something is no quantity.
pub(crate) fn quantity(fault: &QuantityFault) -> String {
    match fault {
        QuantityFault::NotANumber { text } => {
            format!("«{text}» عدد نیست؛ آن را با رقم‌های فارسی یا لاتین بنویسید، مانند «۱۲٬۵۰۰٫۷۵» یا «12500.75».")
        }
        QuantityFault::UnknownUnit { unit } => {
            format!("واحد «{unit}» شناخته نیست؛ کدی از توصیهٔ 20 UN/ECE بنویسید، مانند KGM یا LTR یا C62.")
        }
        QuantityFault::Negative { amount, unit } => format!("{amount} {unit} کمتر از صفر است؛ بدون علامت بنویسید."),
        QuantityFault::TooFine { amount, unit, step } => {
            format!("{amount} {unit} ریزتر از کوچک‌ترین گام ({step}) است؛ در گام‌های کامل بنویسید.")
        }
        QuantityFault::TooLarge { most } => {
            format!("بیش از {most} است که بیشترین مقدار است؛ ببینید ممیزی جا نیفتاده باشد.")
        }
        QuantityFault::Endless { text } => {
            format!("«{text}» بزرگ‌تر از آن است که دقیق محاسبه شود؛ ببینید ممیزی جا نیفتاده باشد.")
        }
    }
}

fn holding(of: &Holding) -> String {
    match of {
        Holding::Lot(id) => format!("محموله {id}"),
        Holding::Receipt(id) => format!("قبض انبار {id}"),
    }
}

fn item(of: &ItemRef) -> String {
    format!("قلم {} اظهارنامهٔ «{}»", of.item, of.declaration)
}

fn allowance(of: &AllowanceRef) -> String {
    format!("سهمیهٔ {} برای {} در {}", of.name, of.holder, of.period)
}

const fn way(passage: Passage) -> &'static str {
    match passage {
        Passage::Entry => "ورود به منطقه",
        Passage::Exit => "خروج به سرزمین اصلی",
        Passage::Reexport => "صادرات مجدد",
        Passage::Transit => "ترانزیت",
    }
}

/// What of a lot differs, as [`GoodsFault::LotDiffers`] names it.
fn part(what: &str) -> &str {
    match what {
        "owner" => "مالک",
        "warehouse" => "انبار",
        "commodity" => "کالای",
        "unit" => "واحد",
        "method" => "روش نگهداری",
        other => other,
    }
}
