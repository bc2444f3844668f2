//! What the goods accounts have against a movement, in Persian, with what to do about it.
//!
//! Must not know of: how it was found. Units and codes stay as Recommendation 20 and the tariff have them.

use crate::goods::{GoodsFault, HoldKind, Holding, Passage, RecipeFault};

/// What is in the way of a movement.
pub(crate) fn goods(fault: &GoodsFault) -> String {
    match fault {
        GoodsFault::Unknown(holding) => format!("{} وجود ندارد؛ شماره را همان‌گونه که ثبت شده بنویسید.", of(holding)),
        GoodsFault::NotOwner { holding, claimed } => format!(
            "{} از آنِ {claimed} نیست؛ کالای خودتان را نام ببرید یا نخست قبض آن را به خود انتقال دهید.",
            of(holding)
        ),
        GoodsFault::Spent(holding) => format!("از {} چیزی نمانده است.", of(holding)),
        GoodsFault::NotEnough { holding, wanted, left } => {
            format!("{wanted} از {} خواسته شده و تنها {left} مانده است.", of(holding))
        }
        GoodsFault::Held { holding, kind, reference } => {
            format!("{} با پروندهٔ {reference} {} و تا آزاد نشدن جابه‌جا نمی‌شود.", of(holding), held(*kind))
        }
        GoodsFault::HeldAlready { holding, reference } => {
            format!("{reference} پیش‌تر {} را نگه داشته است.", of(holding))
        }
        GoodsFault::NotHeld { holding, reference } => format!("{reference} {} را نگه نداشته است.", of(holding)),
        GoodsFault::OtherCommodity { holding, is, wanted } => {
            format!("کالای {} کد {is} دارد و نه {wanted}؛ کد را مانند ثبت ورود بنویسید.", of(holding))
        }
        GoodsFault::OtherUnit { wanted, unit } => {
            format!("{wanted} به {unit} که حساب با آن نگه داشته می‌شود تبدیل نمی‌شود؛ مقدار را به {unit} بنویسید.")
        }
        GoodsFault::Nothing => "مقدار هیچ است؛ مقداری بیش از صفر بنویسید.".to_owned(),
        GoodsFault::Exists(holding) => format!("{} پیش‌تر وجود دارد؛ شماره‌ای تازه برگزینید.", of(holding)),
        GoodsFault::Twice(holding) => format!("{} دو بار نام برده شده است؛ یک بار بنویسید.", of(holding)),
        GoodsFault::LotDiffers { lot, .. } => {
            format!("محمولهٔ {lot} پیش‌تر با مشخصات دیگری ثبت شده است؛ کالا را در محمولهٔ جدا بگذارید.")
        }
        GoodsFault::FilledOnce { lot } => format!("محمولهٔ {lot} یک بار پر شده است؛ کالا را در محمولهٔ جدا بگذارید."),
        GoodsFault::BeyondDeclared { item, wanted, declared, left } => format!(
            "از {item} مقدار {wanted} می‌گذرد، در حالی که {declared} اظهار شده و {left} مانده است؛ مازاد را اظهار کنید یا اظهارنامه را اصلاح کنید."
        ),
        GoodsFault::DeclaredDiffers { item, was, is } => {
            format!("{item} نخست {was} اظهار شده و اکنون {is}؛ نخست اظهارنامه را اصلاح کنید.")
        }
        GoodsFault::OtherPassage { item, passage } => format!("{item} برای {} اظهار شده است.", way(*passage)),
        GoodsFault::ItemZero => "شمارهٔ قلم صفر است؛ قلم‌ها را از 1 شماره بزنید.".to_owned(),
        GoodsFault::NegativeValue => "ارزش کمتر از صفر است؛ ارزش گمرکی را بنویسید.".to_owned(),
        GoodsFault::UnknownCurrency { currency } => format!("ارز «{currency}» شناخته نیست؛ سه حرف ISO 4217 بنویسید."),
        GoodsFault::TooLarge => "بزرگ‌تر از آن است که نگه داشته شود؛ ببینید ممیزی جا نیفتاده باشد.".to_owned(),
        GoodsFault::Empty => "چیزی نام برده نشده است؛ دست‌کم یکی بنویسید.".to_owned(),
        GoodsFault::OnePart { .. } => "قبض به دست‌کم دو بخش شکسته می‌شود؛ یا همهٔ آن را انتقال دهید.".to_owned(),
        GoodsFault::PartsDiffer { sum, whole, receipt } => {
            format!("جمع بخش‌ها {sum} است و {} برای {whole}؛ بخش‌ها باید دقیقاً به همان برسند.", of(receipt))
        }
        GoodsFault::SameHolder { holder } => format!("{holder} هم‌اکنون دارندهٔ آن است؛ دارندهٔ تازه را بنویسید."),
        GoodsFault::Recipe { recipe, what } => format!("دستور ساخت «{recipe}» {}؛ باید اصلاح شود.", recipe_fault(what)),
        GoodsFault::NoRuns => "شمار اجرای دستور صفر است؛ از 1 بنویسید.".to_owned(),
        GoodsFault::NotInRecipe { commodity } => {
            format!("{commodity} در دستور ساخت نیست؛ آن را بردارید یا دستور دیگری برگزینید.")
        }
        GoodsFault::OtherInput { commodity, is, due } => {
            format!("{is} از {commodity} به کار می‌رود و دستور {due} می‌خواهد؛ مقدار یا شمار اجرا را درست کنید.")
        }
        GoodsFault::OtherYield { commodity, is, least, most } => format!(
            "{is} از {commodity} ساخته شده و بازده دستور {least} تا {most} است؛ دوباره وزن کنید. آنچه واقعاً بیرون از دستور است دستور دیگری می‌خواهد."
        ),
        GoodsFault::CommodityTwice { commodity } => {
            format!("{commodity} دو بار آمده است؛ یک بار با همهٔ مقدار بنویسید.")
        }
        GoodsFault::TooMuchWaste { commodity, is, most } => {
            format!("{is} از {commodity} ضایع شده و دستور {most} را می‌پذیرد؛ بقیه را با صورت‌جلسه کسری ثبت کنید.")
        }
        GoodsFault::CreatesMass { by } => {
            format!("{by} بیش از آنچه به کار رفته بیرون آمده است؛ وزن محصول و ضایعات را بازبینی کنید.")
        }
        GoodsFault::OtherMeasure { allowance } => format!("سهمیهٔ {allowance} با سنجهٔ دیگری شمرده می‌شود."),
        GoodsFault::Overspent { allowance, wanted, left } => {
            format!("{wanted} از سهمیهٔ {allowance} خواسته شده و {left} مانده است؛ برای بقیه حقوق ورودی پرداخت کنید.")
        }
        GoodsFault::TooManyLayers(holding) => {
            format!("{} بیش از اندازه لایه دارد؛ کالا را در محمولهٔ دیگری بگذارید.", of(holding))
        }
        GoodsFault::TooManyContents => "کالا از شمار زیادی قلم می‌آید؛ آن را در چند نوبت بسازید.".to_owned(),
        GoodsFault::Misfit { .. } => "حساب‌ها با هم نمی‌خوانند؛ باید از روی سوابق بازسازی شوند.".to_owned(),
    }
}

fn of(holding: &Holding) -> String {
    match holding {
        Holding::Lot(id) => format!("محمولهٔ {id}"),
        Holding::Receipt(id) => format!("قبض انبار {id}"),
    }
}

const fn held(kind: HoldKind) -> &'static str {
    match kind {
        HoldKind::Inspection => "زیر بازرسی است",
        HoldKind::Seizure => "توقیف شده است",
    }
}

const fn way(passage: Passage) -> &'static str {
    match passage {
        Passage::Entry => "ورود به منطقه",
        Passage::Exit => "خروج به سرزمین اصلی",
        Passage::Reexport => "صادرات مجدد",
        Passage::Transit => "عبور",
    }
}

fn recipe_fault(fault: &RecipeFault) -> String {
    match fault {
        RecipeFault::NoInputs => "چیزی به کار نمی‌برد".to_owned(),
        RecipeFault::NoProducts => "چیزی نمی‌سازد".to_owned(),
        RecipeFault::Twice { commodity } => format!("{commodity} را دو بار نام می‌برد"),
        RecipeFault::Nothing { commodity } => format!("از {commodity} هیچ دارد"),
        RecipeFault::TwoMeasures { commodity } => format!("{commodity} را به دو سنجه می‌سنجد"),
        RecipeFault::Backwards { commodity, least, most } => {
            format!("از {commodity} دست‌کم {least} و حداکثر {most} می‌سازد")
        }
        RecipeFault::WastesMore { commodity, waste, quantity } => {
            format!("از {quantity} {commodity} مقدار {waste} را ضایع می‌کند")
        }
        RecipeFault::NoShare => "به هیچ محصولی سهمی از مواد نمی‌دهد".to_owned(),
        RecipeFault::CreatesMass { by } => format!("جرم می‌سازد: {by} بیش از آنچه به کار می‌رود"),
        RecipeFault::TooLarge => "مقدارهایی دارد که بزرگ‌تر از آن است که دقیق محاسبه شود".to_owned(),
    }
}
