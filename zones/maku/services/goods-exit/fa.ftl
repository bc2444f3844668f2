title = خروج کالا به سرزمین اصلی
summary = کالا یا محصول خود را از منطقه به سرزمین اصلی ببرید. ارزش افزوده در منطقه از حقوق ورودی معاف است؛ پس از پرداخت، مجوز خروج یک‌باره صادر می‌شود.

fact-company = شرکت
fact-lot = محموله
fact-declaration = اظهارنامهٔ خروج
    .hint = فایلی که برنامهٔ شما نوشته است، با یک قلم: XML (WCO) یا UN/EDIFACT (CUSDEC D.96B). رویهٔ خروج از منطقهٔ آزاد 4078 است.
fact-assessment = ارزیابی

stage-duties = محاسبهٔ حقوق ورودی
stage-payment = پرداخت
stage-released = ترخیص شد
stage-lapsed = پرونده بسته شد، چون پرداخت در مهلت نرسید

table-duties = پرداخت
output-duties-route = نتیجه

certificate-gate-pass = مجوز خروج از دروازه
