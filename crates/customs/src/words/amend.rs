//! What is wrong with a request to change a declaration, in Persian, with what to do about it.
//!
//! Must not know of: where it was found.

use crate::amend::AmendFault;

pub(super) fn fault(fault: &AmendFault) -> String {
    match fault {
        AmendFault::NotAnOriginal { purpose } => {
            format!("این اظهارنامهٔ اصلی نیست ({purpose})؛ نخست اظهارنامه را بدهید و سپس آنچه آن را تغییر می‌دهد.")
        }
        AmendFault::NotARequest { purpose } => format!(
            "این درخواست تغییر نیست ({purpose})؛ پیام WCO با FunctionCode برابر «13» و نوع COR یا INV، یا پاسخ با «07»، یا پیام EDIFACT با «1» یا «5» بفرستید."
        ),
        AmendFault::Several { count } => format!("در این پرونده {count} پیام است؛ هر یک را جداگانه بفرستید."),
        AmendFault::NoPointers => {
            "پیام EDIFACT نمی‌گوید کدام داده را تغییر می‌دهد؛ همهٔ اظهارنامه را دوباره با کد «5» بفرستید.".to_owned()
        }
        AmendFault::OtherDeclaration { said, own } => {
            format!("درخواست دربارهٔ اظهارنامهٔ «{said}» است و این اظهارنامه «{own}» است؛ اظهارنامهٔ خودش را بدهید.")
        }
        AmendFault::Cancelled => "اظهارنامه باطل شده است؛ کالا را دوباره اظهار کنید.".to_owned(),
        AmendFault::NoPointer => {
            "تغییر نمی‌گوید چه چیزی را تغییر می‌دهد؛ مسیر آن را از کلاس 42A به درون بنویسید.".to_owned()
        }
        AmendFault::UnknownClass { section, within } => {
            format!("«{section}» کلاسی از «{within}» نیست؛ شمارهٔ آن را در مدل دادهٔ WCO بنویسید.")
        }
        AmendFault::UnknownDatum { tag, within } => {
            format!("«{tag}» داده‌ای از «{within}» نیست؛ شمارهٔ آن را در مدل دادهٔ WCO بنویسید.")
        }
        AmendFault::NoNumber { class } => {
            format!("«{class}» می‌تواند چند بار بیاید و معلوم نیست کدام است؛ SequenceNumeric آن را بنویسید.")
        }
        AmendFault::Nowhere { path } => format!(
            "نشانی به جایی نمی‌رسد: اظهارنامه «{path}» ندارد و درخواست هم آن را نمی‌دهد؛ شماره را ببینید یا داده را بیفزایید."
        ),
        AmendFault::Fewer { class, given, number } => {
            format!("درخواست {given} «{class}» دارد و نشانی شمارهٔ {number} را می‌خواهد؛ همه را تا همان شماره بدهید.")
        }
    }
}
