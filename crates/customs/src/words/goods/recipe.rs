//! What is wrong with processing or with its recipe, in Persian.
//!
//! Must not know of: lots.

use crate::goods::{GoodsFault, RecipeFault};

/// About processing.
pub(super) fn of_processing(fault: &GoodsFault) -> Option<String> {
    Some(match fault {
        GoodsFault::Recipe { recipe: of, what } => {
            format!("دستور ساخت {of} {}؛ تا اصلاح نشود با آن چیزی ساخته نمی‌شود.", recipe(what))
        }
        GoodsFault::NoRuns => "دستور ساخت هیچ بار اجرا نمی‌شود؛ شمار اجرا را از 1 بنویسید.".to_owned(),
        GoodsFault::NotInRecipe { commodity } => {
            format!("«{commodity}» در دستور ساخت نیست؛ آن را بردارید یا دستوری را برگزینید که آن را دارد.")
        }
        GoodsFault::OtherInput { commodity, is, due } => {
            format!(
                "از «{commodity}» {is} مصرف می‌شود و دستور ساخت {due} می‌گیرد؛ روی هم {due} بردارید یا شمار اجرا را تغییر دهید."
            )
        }
        GoodsFault::OtherYield { commodity, is, least, most } => format!(
            "از «{commodity}» {is} ساخته شده و بازده دستور ساخت {least} تا {most} است؛ دوباره وزن کنید، وگرنه دستور دیگری لازم است."
        ),
        GoodsFault::CommodityTwice { commodity } => {
            format!("«{commodity}» دو بار آمده است؛ یک بار و با همهٔ مقدار بنویسید.")
        }
        GoodsFault::TooMuchWaste { commodity, is, most } => format!(
            "از «{commodity}» {is} ضایع شده و دستور ساخت {most} را می‌پذیرد؛ حداکثر {most} بنویسید و بقیه را با سند آن تلف ثبت کنید."
        ),
        GoodsFault::CreatesMass { by } => {
            format!("{by} بیش از آنچه به کار رفته بیرون می‌آید؛ ببینید محصول و ضایعات و تلف درست وزن شده باشد.")
        }
        _ => return None,
    })
}

fn recipe(what: &RecipeFault) -> String {
    match what {
        RecipeFault::NoInputs => "چیزی نمی‌گیرد".to_owned(),
        RecipeFault::NoProducts => "چیزی نمی‌سازد".to_owned(),
        RecipeFault::Twice { commodity } => format!("«{commodity}» را دو بار نام می‌برد"),
        RecipeFault::Nothing { commodity } => format!("از «{commodity}» هیچ دارد"),
        RecipeFault::TwoMeasures { commodity } => format!("«{commodity}» را به دو گونه می‌سنجد"),
        RecipeFault::Backwards { commodity, least, most } => {
            format!("دست‌کم {least} و حداکثر {most} از «{commodity}» می‌سازد")
        }
        RecipeFault::WastesMore { commodity, waste, quantity } => {
            format!("از {quantity} «{commodity}» {waste} ضایع می‌کند")
        }
        RecipeFault::NoShare => "به هیچ محصولی سهمی از مواد نمی‌دهد".to_owned(),
        RecipeFault::CreatesMass { by } => format!("جرم می‌سازد و {by} بیش از آنچه می‌گیرد بیرون می‌دهد"),
        RecipeFault::TooLarge => "مقدارهایی دارد که دقیق محاسبه نمی‌شوند".to_owned(),
    }
}
