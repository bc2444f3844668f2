title = ثبت تولید در منطقه
summary = ثبت کنید که از کالای یک قبض انبار چه ساخته‌اید. محصول نشانی مواد خود را با خود دارد تا ارزش افزودهٔ آن هنگام خروج محاسبه شود.

fact-company = شرکت
fact-receipt = قبض انبار مواد
fact-recipe = دستور ساخت
    .hint = دستوری را که محصول با آن ساخته شده است انتخاب کنید.
fact-runs = شمار اجرا
    .hint = چند بار دستور اجرا شده است.
fact-made = مقدار محصول
    .hint = محصول را وزن کنید و به کیلوگرم بنویسید.

stage-yield = بررسی بازده
stage-entered = محصول در انبار ثبت شد
stage-refused = درخواست رد شد
stage-unbooked = پذیرفته نشد، چون حساب کالا تغییر کرده است

table-yield = بازده
output-yield-route = نتیجه

certificate-goods-processing = گواهی تولید در منطقه
