title = ورود کالا به منطقه
summary = کالا را با یک اظهارنامه به منطقه وارد کنید. تا وقتی کالا در منطقه است حقوق ورودی گرفته نمی‌شود. بیشتر اظهارنامه‌ها بی‌حضور کارشناس ثبت می‌شود.

fact-company = شرکت
fact-warehouse = انبار
    .hint = انباری را که کالا در آن تخلیه می‌شود انتخاب کنید.
fact-declaration = اظهارنامه
    .hint = فایلی که برنامهٔ شما نوشته است: XML (WCO) یا UN/EDIFACT (CUSDEC D.96B). رویهٔ ورود به منطقهٔ آزاد 78 است.
fact-assessment = ارزیابی
fact-photograph = عکس کالا
fact-finding = نتیجهٔ بازرسی

stage-channel = تعیین مسیر
stage-documents = بررسی اسناد
stage-inspection = بازرسی کالا
stage-outcome = نتیجهٔ بازرسی
stage-stored = کالا در انبار ثبت شد
stage-refused = درخواست رد شد

route-documents-agree = اسناد درست است
route-documents-inspect = کالا بازرسی شود
route-documents-refuse = رد درخواست
route-inspection-done = ثبت بازرسی

table-channel = مسیر اظهارنامه
output-channel-route = مسیر
table-outcome = نتیجهٔ بازرسی
output-outcome-route = نتیجه

certificate-goods-entry = گواهی ورود کالا به منطقه
