title = صادرات مجدد
summary = کالا یا محصول خود را از منطقه به خارج از کشور بفرستید. حقوق ورودی گرفته نمی‌شود و مجوز خروج یک‌باره صادر می‌شود.

fact-company = شرکت
fact-lot = محموله
fact-declaration = اظهارنامهٔ صادرات مجدد
    .hint = فایل XML (WCO) با یک قلم. رویهٔ صادرات مجدد از منطقهٔ آزاد 3178 است.
fact-papers = فاکتور و اسناد حمل
    .hint = یک فایل PDF. اگر نباشد و کارشناس اسناد را ببیند، آن را می‌خواهد.
fact-assessment = ارزیابی
fact-risk = ریسک
fact-photograph = عکس کالا
fact-measured = مقدارهای سنجیده: در هر سطر شمارهٔ قلم، مقدار، و واحد اگر واحد دیگری است
fact-finding = نتیجهٔ بازرسی
fact-amended = اظهارنامه بر پایهٔ سنجش
fact-reassessment = ارزیابی بر پایهٔ سنجش

stage-sample = سهم تصادفی
stage-channel = تعیین مسیر
stage-documents = بررسی اسناد
stage-inspection = بازرسی کالا
stage-second-look = تصمیم دربارهٔ بازرسی انجام‌نشده
stage-inspection-again = بازرسی کالا به دست بازرس دیگر
stage-outcome = نتیجهٔ بازرسی
stage-seizure = تصمیم دربارهٔ ضبط کالا
stage-clearance = ترخیص شد
stage-clearance-as-measured = سنجش آنچه یافت شد با حساب کالا
stage-surplus = درخواست رد شد؛ بیش از آنچه در حساب کالا آزاد است یافت شد و کالا در منطقه می‌ماند
stage-leaving-as-measured = ترخیص بر پایهٔ سنجش
stage-lapsed = پرونده بسته شد، چون پاسخ در مهلت نرسید
stage-refused = درخواست رد شد
stage-refused-as-measured = درخواست رد شد؛ کالا همان نیست که اظهار شده بود
stage-open-again = تصمیم لغو شد؛ کالا را می‌توان دوباره اظهار کرد
stage-seized = کالا ضبط شد و نگه داشته می‌شود
stage-freed = کالا آزاد شد
stage-unbooked = پذیرفته نشد، چون حساب کالا تغییر کرده است

route-documents-agree = اسناد درست است
route-documents-inspect = کالا بازرسی شود
route-documents-refuse = رد درخواست
route-inspection-done = ثبت بازرسی
route-second-look-inspect = بازرس دیگری کالا را بازرسی کند
route-second-look-refuse = رد درخواست
route-second-look-deemed = مطابق اظهار شمرده شد
route-inspection-again-done = ثبت بازرسی
route-inspection-again-deemed = مطابق اظهار شمرده شد
route-seizure-refuse = کالا ضبط شود
route-seizure-free = کالا آزاد شود

table-channel = مسیر اظهارنامه
output-channel-route = مسیر
table-accounted = آنچه یافت شد در حساب کالا هست یا نه
output-accounted-route = نتیجه
table-outcome = نتیجهٔ بازرسی
output-outcome-route = نتیجه

certificate-gate-pass = مجوز خروج از دروازه
