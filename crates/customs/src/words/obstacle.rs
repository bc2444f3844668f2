//! What is in the way of an assessment, in Persian, with what whoever declares can do about it (`assess::Reader`).
//!
//! Must not know of: where it was found.

use crate::assess::ObstacleFault;
use crate::goods::value_added::ValueAddedFault;
use crate::tariff::expression::Unworkable;

/// What is in the way of an assessment.
pub(crate) fn obstacle(fault: &ObstacleFault) -> String {
    match fault {
        ObstacleFault::NoItems => "هیچ قلم کالایی نیست؛ دست‌کم یک قلم اظهار کنید.".to_owned(),
        ObstacleFault::NoNumber => "قلم شماره ندارد؛ قلم‌ها را از 1 شماره بزنید.".to_owned(),
        ObstacleFault::NoCommodity => "قلم کد تعرفه ندارد؛ کد کالا را با فهرست آن بیفزایید، مانند TSP.".to_owned(),
        ObstacleFault::UnknownCommodity { code } => {
            format!("تعرفه برای «{code}» چیزی ندارد؛ درستی کد را ببینید، یا کالا را در تعرفه جست‌وجو کنید و کدی را که تعرفه دارد اظهار کنید.")
        }
        ObstacleFault::CodeEnded { code, last } => {
            format!("کد «{code}» تا {last} در تعرفه بود؛ کدی را اظهار کنید که در آن روز معتبر است.")
        }
        ObstacleFault::CodeBegins { code, first } => {
            format!("کد «{code}» از {first} در تعرفه است؛ کدی را اظهار کنید که در آن روز معتبر است.")
        }
        ObstacleFault::NoMeasure { code, origin } => {
            format!("تعرفه برای «{code}» با مبدأ {origin} چیزی ندارد؛ کد، مبدأ، ترجیح و رویه را ببینید، یا از گمرک بپرسید.")
        }
        ObstacleFault::NoPrice => "قلم بها ندارد؛ بهای آن را طبق فاکتور بیفزایید.".to_owned(),
        ObstacleFault::NoCurrency => "مبلغ ارز ندارد؛ ارز آن را بیفزایید، مانند IRR.".to_owned(),
        ObstacleFault::OneTariff { has_first } => {
            let which = if *has_first { "دوم" } else { "نخست" };
            format!("شاید هر یک از دو تعرفه به کار آید و تعرفهٔ {which} برای کالا حقوقی ندارد؛ از گمرک بپرسید که حقوق کالا کدام است.")
        }
        ObstacleFault::NoRate { currency, day } => {
            format!("برای {currency} در روز {day} نرخ ارزی نیست؛ بها را به ارزی اظهار کنید که نرخ دارد، یا نرخ آن روز را از گمرک بخواهید.")
        }
        ObstacleFault::UnknownCharge { kind } => {
            format!("«{kind}» نه افزایش ارزش است نه کاهش آن؛ کدی بنویسید که با A (افزایش) یا B (کاهش) آغاز شود.")
        }
        ObstacleFault::NothingToShare => {
            "هزینهٔ همهٔ قلم‌ها را نمی‌توان میان قلم‌های بی‌ارزش تقسیم کرد؛ ارزش کالا را اظهار کنید، یا هزینه را در همان قلمی که برای آن است بنویسید.".to_owned()
        }
        ObstacleFault::BelowZero => "آنچه کسر می‌شود از ارزش بیشتر است؛ ببینید که کسر از این قلم باشد.".to_owned(),
        ObstacleFault::Tie { tax, first, second } => {
            format!(
                "سطرهای {first} و {second} تعرفه هر دو {tax} را تعیین می‌کنند و هیچ‌یک خاص‌تر نیست؛ تعرفه باید اصلاح شود: به گمرک خبر دهید."
            )
        }
        ObstacleFault::Unworkable { tax, why, .. } => format!("{tax}: {}", unworkable(why)),
        ObstacleFault::UnknownTax { tax, line } => {
            format!("سیاست محاسبه برای «{tax}» (سطر {line} تعرفه) جایی ندارد؛ تعرفه باید اصلاح شود: به گمرک خبر دهید.")
        }
        ObstacleFault::TooLarge => "مبلغ بزرگ‌تر از آن است که دقیق محاسبه شود؛ درستی آن را ببینید.".to_owned(),
        ObstacleFault::NotAccounted => {
            "کالا از منطقهٔ آزاد خارج می‌شود و معلوم نیست از چه ساخته شده است؛ رویه را ببینید: خروج کالا از منطقه خدمت خودش را دارد.".to_owned()
        }
        ObstacleFault::PartlyMade { made, quantity } => format!(
            "از {quantity} تنها {made} در منطقه ساخته شده و بقیه همان است که وارد شده؛ این دو را در دو قلم اظهار کنید."
        ),
        ObstacleFault::OtherQuantity { declared, accounted } => {
            format!("{declared} اظهار شده و در حساب کالا {accounted} خارج شده است؛ همان را که خارج می‌شود اظهار کنید، یا بازبینی حساب کالا را از گمرک بخواهید.")
        }
        ObstacleFault::TwoShares => {
            "برای این قلم دو نسبت ارزش افزوده تعیین شده است؛ کالاهای با نسبت متفاوت را در قلم‌های جدا اظهار کنید."
                .to_owned()
        }
        ObstacleFault::ValueAdded(fault) => value_added(fault),
    }
}

fn unworkable(why: &Unworkable) -> String {
    match why {
        Unworkable::NoQuantity { unit } => format!("مقدار به واحد {unit} اظهار نشده است؛ آن را به همین واحد بیفزایید."),
        Unworkable::NoRate { currency, day } => {
            format!("برای {currency} در روز {day} نرخ ارزی نیست؛ تعرفه باید تکمیل شود: به گمرک خبر دهید.")
        }
        Unworkable::NoSeason { day } => {
            format!("این ردیف تعرفه برای روز {day} چیزی نمی‌گوید؛ تعرفه باید تکمیل شود: به گمرک خبر دهید.")
        }
        Unworkable::TooLarge => "مبلغ بزرگ‌تر از آن است که دقیق محاسبه شود.".to_owned(),
    }
}

fn value_added(fault: &ValueAddedFault) -> String {
    match fault {
        ValueAddedFault::NoPrice => {
            "کالا بها ندارد و ارزش افزودهٔ آن معلوم نمی‌شود؛ بهای آن را طبق فاکتور بیفزایید.".to_owned()
        }
        ValueAddedFault::OtherCurrency { currency } => {
            format!("ارزش مواد به ارزی جز {currency} است؛ از گمرک بخواهید ارزش ورود مواد را بازبینی کند.")
        }
        ValueAddedFault::TooLarge => "ارزش‌ها بزرگ‌تر از آن است که دقیق محاسبه شود.".to_owned(),
    }
}
