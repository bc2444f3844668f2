//! What is wrong with an EDIFACT interchange, in Persian, with what to do about it.
//!
//! Must not know of: where it was found.

use crate::edifact::EdifactFault;

pub(super) fn fault(fault: &EdifactFault) -> String {
    match fault {
        EdifactFault::TooLarge { bytes, max } => {
            format!("پرونده {bytes} بایت دارد و حداکثر {max} بایت خوانده می‌شود؛ آن را به چند پرونده بشکنید.")
        }
        EdifactFault::TooManySegments { max } => format!("پرونده بیش از {max} سگمنت دارد؛ آن را به چند پرونده بشکنید."),
        EdifactFault::Malformed { message } => format!(
            "این EDIFACT نیست ({message})؛ آن را با برنامه‌ای که EDIFACT می‌نویسد دوباره بسازید. پیش از علامتی که متن است «?» می‌آید."
        ),
        EdifactFault::Truncated => "پرونده در میانهٔ یک سگمنت پایان می‌یابد؛ همهٔ پرونده را بفرستید.".to_owned(),
        EdifactFault::Advice => {
            "UNA نه نویسه با پنج علامت متفاوت نیست؛ «UNA:+.? '» بنویسید یا آن را بردارید.".to_owned()
        }
        EdifactFault::UnknownCharset { name } => {
            format!("مجموعهٔ نویسهٔ «{name}» شناخته نیست؛ در UNB یکی از UNOA تا UNOK یا برای UTF-8 کد UNOW را بنویسید.")
        }
        EdifactFault::NotInCharset { charset } => format!(
            "این بایت نویسه‌ای از {charset} نیست؛ در UNB همان مجموعه‌ای را بنویسید که پرونده با آن نوشته شده: UNOC لاتین، UNOI عربی، UNOW برای UTF-8."
        ),
        EdifactFault::Control => "در متن نویسهٔ کنترلی آمده است؛ بدون آن بنویسید.".to_owned(),
        EdifactFault::Missing { tag } => format!("سگمنت {tag} نیامده است؛ آن را بیفزایید."),
        EdifactFault::Misplaced { tag } => format!("جای {tag} اینجا نیست؛ آن را در جایش طبق D.96B بنویسید یا بردارید."),
        EdifactFault::TooMany { tag, most } => {
            format!("اینجا بیش از {most} بار {tag} آمده است؛ {most} تا را نگه دارید.")
        }
        EdifactFault::Count { tag, what, said, counted } => format!(
            "{tag} می‌گوید {said} ({what}) و شمارش {counted} است؛ ببینید بخشی در راه گم نشده باشد و همه را دوباره بفرستید، یا شمار را اصلاح کنید."
        ),
        EdifactFault::Reference { tag, said, opened } => {
            format!("{tag} مرجع «{said}» دارد و آنچه می‌بندد «{opened}»؛ در آغاز و پایان یک مرجع بنویسید.")
        }
        EdifactFault::Twice { reference } => {
            format!("مرجع «{reference}» پیش‌تر به پیام دیگری داده شده است؛ به هر پیام مرجع خودش را بدهید.")
        }
        EdifactFault::OtherMessage { said } => {
            format!("پیام {said} است و نه CUSDEC D.96B؛ پیام «CUSDEC:D:96B:UN» بفرستید.")
        }
        EdifactFault::Empty => "در آن پیامی نیست؛ پیام را بفرستید.".to_owned(),
        EdifactFault::DateForm { code } => {
            format!("شکل «{code}» تاریخ خوانده نمی‌شود؛ آن را سال و ماه و روز («102») بنویسید.")
        }
    }
}
