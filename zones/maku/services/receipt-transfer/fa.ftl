title = انتقال قبض انبار
summary = قبض انبار را به شرکت دیگری انتقال دهید. کالا با قبض به دارندهٔ تازه می‌رسد و قبض پیشین باطل می‌شود.

fact-company = شرکت
fact-receipt = قبض انبار
fact-buyer = شمارهٔ ثبت شرکت خریدار
    .hint = شمارهٔ ثبت شرکتی را که قبض به آن می‌رسد بنویسید، مانند C-0002.

stage-amount = بررسی قبض
stage-transferred = قبض انتقال یافت
stage-refused = درخواست رد شد
stage-unbooked = پذیرفته نشد، چون حساب کالا تغییر کرده است

table-amount = ماندهٔ قبض
output-amount-route = نتیجه

certificate-receipt-transfer = گواهی انتقال قبض انبار
