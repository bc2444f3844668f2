title = پروانه ساختمان
summary = برای ساختن بنا روی زمین خود پروانه بگیرید. سازمان خودش از آتش‌نشانی، آب و فاضلاب و محیط زیست استعلام می‌کند و لازم نیست شما به آن‌ها مراجعه کنید. عوارض، حد طبقات و مهلت‌ها در این نسخه نمونه است.

fact-parcel = قطعه زمین
    .hint = یکی از زمین‌هایی را که به نام شما ثبت شده است انتخاب کنید.
fact-use = کاربری ساختمان
    .hint = کاربری باید با کاربری زمین در طرح مصوب سازگار باشد. اگر ساختمان چند کاربری دارد، کاربری اصلی را انتخاب کنید.
fact-storeys = تعداد طبقات
    .hint = طبقه همکف را بشمارید و زیرزمین را نشمارید.
fact-floor-area = زیربنا (مترمربع)
    .hint = جمع زیربنای همه طبقات، با زیرزمین. عدد را بی‌اعشار بنویسید. عوارض بر پایه این عدد محاسبه می‌شود.
fact-plans = نقشه‌های ساختمان
    .hint = نقشه‌های معماری، سازه و تأسیسات را در یک فایل PDF بارگذاری کنید. مهر و امضای مهندس باید خوانا باشد.
fact-engineer = شماره پروانه اشتغال مهندس طراح
    .hint = این شماره روی پروانه اشتغال به کار مهندسی و زیر مهر مهندس آمده است.
fact-photograph = عکس زمین
    .hint = عکسی بگیرید که مرزهای زمین و ساختمان‌های مجاور در آن دیده شود.
fact-location = موقعیت زمین
    .hint = موقعیت را کنار در ورودی یا در گوشه زمین ثبت کنید.
fact-finding = نتیجه بازدید
    .hint = آنچه را در محل دیدید با درخواست مقایسه کنید.

stage-plan-check = بررسی طرح مصوب
stage-fee = محاسبه عوارض
stage-payment = پرداخت عوارض
stage-opinions = استعلام از سه دستگاه
stage-objections = بررسی مخالفت‌ها
stage-escalation = بررسی مخالفت‌ها از سوی مدیران
stage-site = بازدید از زمین
stage-site-check = بررسی نتیجه بازدید
stage-decision = تصمیم دو کارشناس
stage-directors = تصمیم مدیران
stage-permit = پروانه صادر شد
stage-not-in-plan = ساختمان با طرح مصوب سازگار نیست
stage-objected = درخواست با مخالفت دستگاه استعلام‌شونده رد شد
stage-unfit-site = درخواست پس از بازدید زمین رد شد
stage-refused = درخواست رد شد
stage-lapsed = پرونده بسته شد، چون عوارض پرداخت نشد یا پاسخ شما در مهلت نرسید

branch-opinions-fire = استعلام از آتش‌نشانی
branch-opinions-water = استعلام از آب و فاضلاب
branch-opinions-environment = استعلام از محیط زیست

route-objections-proceed = ادامه رسیدگی
route-objections-refuse = رد درخواست
route-escalation-proceed = ادامه رسیدگی
route-escalation-refuse = رد درخواست
route-site-done = ثبت نتیجه بازدید
route-decision-grant = صدور پروانه
route-decision-refuse = رد درخواست
route-directors-grant = صدور پروانه
route-directors-refuse = رد درخواست

certificate-building-permit = پروانه ساختمان

table-zoning = ضوابط کاربری و تعداد طبقات
output-zoning-route = نتیجه
table-fees = عوارض پروانه ساختمان (مبلغ‌های نمونه)
output-fees-route = گام بعد
output-fees-amount = مبلغ عوارض
table-site-result = نتیجه بازدید از زمین
output-site-result-route = نتیجه
