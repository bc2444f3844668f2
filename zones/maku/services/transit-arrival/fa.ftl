title = ثبت رسیدن کالای ترانزیتی
summary = کالای ترانزیتی را به گمرک مقصد تحویل دهید تا کارشناس رسیدن آن را ثبت کند. با گواهی پایان ترانزیت می‌توان بازگرداندن تضمین را خواست.

fact-company = شرکت
fact-transit = ترانزیت
fact-delay = اگر کالا دیر رسیده است، علت آن
    .hint = بنویسید چه پیش آمد و کوتاهی از چه کسی بود؛ مثلاً بسته‌بودن راه. اگر مهلت گذشته باشد، دو کارشناس آن را بررسی می‌کنند.
fact-presentation = تحویل کالا به گمرک مقصد
fact-photograph = عکس کالا و پلمب
fact-finding = نتیجهٔ رسیدن کالا

stage-arrival = ثبت رسیدن کالا
stage-outcome = نتیجهٔ رسیدن کالا
stage-second-look = بررسی دوباره
stage-in-time = رسیدن کالا در مهلت
stage-excuse = بررسی علت دیر رسیدن
stage-excuse-divided = تصمیم سرپرست دربارهٔ دیر رسیدن
stage-unexcused = دیر رسیدن کالا پذیرفته نشد
stage-absent = کالا هنوز نرسیده است؛ هر گاه رسید آن را تحویل دهید
stage-supervisor = تصمیم سرپرست
stage-discharged = ترانزیت پایان یافت
stage-unbooked = پرونده بسته شد، چون این ترانزیت پیش‌تر پایان یافته بود
stage-refused = پایان ترانزیت پذیرفته نشد

route-arrival-done = ثبت رسیدن کالا
route-second-look-agree = کالا رسیده است
route-second-look-refuse = پایان ترانزیت پذیرفته نیست
route-supervisor-agree = کالا رسیده است
route-supervisor-refuse = پایان ترانزیت پذیرفته نیست
route-excuse-agree = دیر رسیدن موجه است و ترانزیت پایان می‌یابد
route-excuse-refuse = دیر رسیدن موجه نیست
route-excuse-deemed = دیر رسیدن موجه شمرده نمی‌شود
route-excuse-divided-agree = دیر رسیدن موجه است و ترانزیت پایان می‌یابد
route-excuse-divided-refuse = دیر رسیدن موجه نیست
route-excuse-divided-deemed = دیر رسیدن موجه شمرده نمی‌شود

table-outcome = نتیجهٔ رسیدن کالا
output-outcome-route = نتیجه
table-unexcused = دیر رسیدنی که کسی موجه نشناخت
output-unexcused-route = نتیجه
table-in-time = رسیدن کالا در مهلت
output-in-time-route = نتیجه

certificate-transit-discharge = گواهی پایان ترانزیت
