title = خروج کالا به سرزمین اصلی
summary = کالا یا محصول خود را از منطقه به سرزمین اصلی ببرید. ارزش افزوده در منطقه از حقوق ورودی معاف است؛ پس از پرداخت، مجوز خروج یک‌باره صادر می‌شود.

fact-company = شرکت
fact-lot = محموله
fact-declaration = اظهارنامهٔ خروج
    .hint = فایلی که برنامهٔ شما نوشته است، با یک قلم: XML (WCO) یا UN/EDIFACT (CUSDEC D.96B). رویهٔ خروج از منطقهٔ آزاد 4078 است.
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
stage-outcome = نتیجهٔ بازرسی
stage-seizure = تصمیم دربارهٔ ضبط کالا
stage-duties = محاسبهٔ حقوق ورودی
stage-payment = پرداخت
stage-released = ترخیص شد
stage-lapsed = پرونده بسته شد، چون آنچه لازم بود در مهلت نرسید
stage-duties-as-measured = محاسبهٔ حقوق ورودی بر پایهٔ سنجش
stage-payment-as-measured = پرداخت بر پایهٔ سنجش
stage-released-as-measured = ترخیص بر پایهٔ سنجش
stage-open-again = تصمیم لغو شد؛ کالا را می‌توان دوباره اظهار کرد
stage-refused = درخواست رد شد
stage-seized = کالا ضبط شد و نگه داشته می‌شود
stage-freed = کالا آزاد شد
stage-unbooked = پذیرفته نشد، چون حساب کالا تغییر کرده است

route-documents-agree = اسناد درست است
route-documents-inspect = کالا بازرسی شود
route-documents-refuse = رد درخواست
route-inspection-done = ثبت بازرسی
route-seizure-refuse = کالا ضبط شود
route-seizure-free = کالا آزاد شود

table-channel = مسیر اظهارنامه
output-channel-route = مسیر
table-outcome = نتیجهٔ بازرسی
output-outcome-route = نتیجه
table-duties = پرداخت
output-duties-route = نتیجه
table-duties-as-measured = پرداخت بر پایهٔ سنجش
output-duties-as-measured-route = نتیجه

certificate-gate-pass = مجوز خروج از دروازه
