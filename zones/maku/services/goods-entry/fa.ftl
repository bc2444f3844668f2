title = ورود کالا به منطقه
summary = کالا را با یک اظهارنامه به منطقه وارد کنید. تا وقتی کالا در منطقه است حقوق ورودی گرفته نمی‌شود. بیشتر اظهارنامه‌ها بی‌حضور کارشناس ثبت می‌شود.

fact-company = شرکت
fact-warehouse = انبار
    .hint = انباری را که کالا در آن تخلیه می‌شود انتخاب کنید.
fact-declaration = اظهارنامه
    .hint = فایلی که برنامهٔ شما نوشته است: XML (WCO) یا UN/EDIFACT (CUSDEC D.96B). رویهٔ ورود به منطقهٔ آزاد 78 است.
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
stage-clearance = کالا در انبار ثبت شد
stage-lapsed = پرونده بسته شد، چون پاسخ در مهلت نرسید
stage-refused = درخواست رد شد
stage-refused-as-measured = درخواست رد شد؛ کالا همان نیست که اظهار شده بود
stage-clearance-as-measured = کالا بر پایهٔ سنجش در انبار ثبت شد
stage-seizure = تصمیم دربارهٔ ضبط کالا
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
table-outcome = نتیجهٔ بازرسی
output-outcome-route = نتیجه

certificate-goods-entry = گواهی ورود کالا به منطقه
