//! What is wrong with a sheet of items, in Persian, with what to do about it.
//!
//! Must not know of: where it was found.

use crate::sheet::SheetFault;

pub(super) fn fault(fault: &SheetFault) -> String {
    match fault {
        SheetFault::TooLarge { max } => {
            format!("پرونده پس از باز شدن بیش از {max} بایت دارد؛ آن را به چند اظهارنامه بشکنید.")
        }
        SheetFault::LongCell { max } => format!("خانه‌ای بیش از {max} بایت دارد؛ متن را کوتاه کنید."),
        SheetFault::NotUtf8 => {
            "پرونده با UTF-8 نوشته نشده است؛ آن را به صورت CSV با UTF-8، یا XLSX یا ODS ذخیره کنید.".to_owned()
        }
        SheetFault::NoSheet { message } => format!("این برگه نیست ({message})؛ آن را CSV، XLSX یا ODS ذخیره کنید."),
        SheetFault::Unnamed { name, there } => format!("برگهٔ «{name}» نیست؛ آنچه هست: {}.", there.join("، ")),
        SheetFault::NoItems => "سطری برای قلم‌ها نیست؛ زیر سرستون برای هر قلم یک سطر بنویسید.".to_owned(),
        SheetFault::TooManyItems { max } => format!("بیش از {max} قلم است؛ آن را به چند اظهارنامه بشکنید."),
        SheetFault::NoColumn { column } => format!("ستون «{column}» نیامده است؛ آن را بیفزایید."),
        SheetFault::UnknownColumn { column, nearest } => match nearest {
            Some(nearest) => format!("ستون «{column}» شناخته نیست؛ آیا «{nearest}» را می‌خواستید؟"),
            None => format!("ستون «{column}» شناخته نیست؛ آن را بردارید."),
        },
        SheetFault::TwiceColumn { column } => format!("ستون «{column}» دو بار آمده است؛ یکی را نگه دارید."),
        SheetFault::ErrorCell { text } => {
            format!("خانه خطا نشان می‌دهد («{text}»)؛ فرمول را درست کنید یا مقدار را بنویسید.")
        }
        SheetFault::Twice { number } => {
            format!("سطر دیگری هم شمارهٔ {number} دارد؛ به هر قلم شمارهٔ خودش را بدهید یا ستون را بردارید.")
        }
        SheetFault::HeadHasItems { count } => {
            format!("اظهارنامهٔ سربرگ خودش {count} قلم دارد؛ اظهارنامه‌ای بی‌قلم بدهید یا برگه را کنار بگذارید.")
        }
        SheetFault::Count { said, counted } => {
            format!(
                "سربرگ می‌گوید {said} قلم و برگه {counted} قلم دارد؛ ببینید سطری جا نیفتاده باشد، یا عدد را اصلاح کنید."
            )
        }
    }
}
