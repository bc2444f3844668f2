title = اصلاح یا ابطال اظهارنامهٔ ورود
summary = اظهارنامه‌ای را که کالا با آن وارد منطقه شد اصلاح کنید یا پس بگیرید. تا وقتی کالا چنان‌که وارد شد در محموله است حساب کالا هم اصلاح می‌شود.

fact-company = شرکت
fact-lot = محموله
    .hint = یکی از محموله‌های همان اظهارنامه.
fact-declaration = اظهارنامه
    .hint = فایل اظهارنامه، چنان‌که اکنون اعتبار دارد.
fact-amendment = درخواست اصلاح یا ابطال
    .hint = فایل XML (WCO) با نوع COR یا INV، یا پیام EDIFACT با عمل 1 یا 5.
fact-assessment = ارزیابی

stage-review = بررسی درخواست
stage-second-look = بررسی دوباره
stage-supervisor = تصمیم سرپرست
stage-amended = اصلاح شد
stage-refused = درخواست رد شد
stage-unbooked = پذیرفته نشد، چون حساب کالا تغییر کرده است
stage-unamended = بسته شد، چون کسی در مهلت موافقت نکرد؛ اظهارنامه به همان صورت باقی است

route-review-agree = اصلاح پذیرفته است
route-review-refuse = رد درخواست
route-second-look-agree = اصلاح پذیرفته است
route-second-look-refuse = رد درخواست
route-supervisor-agree = اصلاح پذیرفته است
route-supervisor-refuse = رد درخواست

certificate-declaration-amendment = گواهی اصلاح اظهارنامه
