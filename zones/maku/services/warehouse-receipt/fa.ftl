title = صدور قبض انبار
summary = بخشی از کالای خود را جدا کنید و برای آن قبض انبار بگیرید. از آن پس مالکیت کالا با قبض است.

fact-company = شرکت
fact-lot = محموله
fact-quantity = مقدار
    .hint = به واحد همان محموله بنویسید، مانند ۳۰۰ یا ۱۲۵٫۵.

stage-amount = بررسی مقدار
stage-issued = قبض صادر شد
stage-refused = درخواست رد شد
stage-unbooked = پذیرفته نشد، چون حساب کالا تغییر کرده است

table-amount = مقدار
output-amount-route = نتیجه

certificate-warehouse-receipt = قبض انبار
