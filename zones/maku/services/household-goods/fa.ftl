title = کالای خانوار
summary = برای خانوار خود کالا از منطقه بیرون ببرید. تا اندازهٔ سهمیهٔ سالانه، که میان همهٔ اعضای خانوار مشترک است، چیزی پرداخت نمی‌شود؛ برای بیش از آن حقوق ورودی و مالیات پرداخت می‌شود.

fact-household = خانوار
    .hint = سرپرست خانوار با وکالت به دیگر اعضا اجازه می‌دهد که کالا ببرند.
fact-commodity = کد کالا
    .hint = شش تا ده رقم کد تعرفه، مانند 19053100.
fact-description = شرح کالا
    .hint = بنویسید کالا چیست و چند تا است.
fact-value = ارزش کالا
    .hint = بهای همهٔ کالا به ریال.
fact-assessment = ارزیابی

stage-worth = بررسی ارزش
stage-duties = محاسبهٔ حقوق ورودی
stage-payment = پرداخت
stage-released = ترخیص شد
stage-refused = درخواست رد شد
stage-unbooked = بسته شد، چون سهمیه در این میان تغییر کرد
stage-lapsed = پرونده بسته شد، چون پرداخت در مهلت نرسید

table-worth = بررسی ارزش
output-worth-route = نتیجه
table-duties = پرداخت
output-duties-route = نتیجه

certificate-household-pass = مجوز کالای خانوار
