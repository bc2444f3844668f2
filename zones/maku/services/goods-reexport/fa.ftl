title = صادرات مجدد
summary = کالا یا محصول خود را از منطقه به خارج از کشور بفرستید. حقوق ورودی گرفته نمی‌شود و مجوز خروج یک‌باره صادر می‌شود.

fact-company = شرکت
fact-lot = محموله
fact-declaration = اظهارنامهٔ صادرات مجدد
    .hint = فایل XML (WCO) با یک قلم. رویهٔ صادرات مجدد از منطقهٔ آزاد 3178 است.
fact-assessment = ارزیابی

stage-channel = تعیین مسیر
stage-documents = بررسی اسناد
stage-released = ترخیص شد
stage-refused = درخواست رد شد
stage-unbooked = پذیرفته نشد، چون حساب کالا تغییر کرده است

route-documents-agree = اسناد درست است
route-documents-refuse = رد درخواست

table-channel = مسیر اظهارنامه
output-channel-route = مسیر

certificate-gate-pass = مجوز خروج از دروازه
