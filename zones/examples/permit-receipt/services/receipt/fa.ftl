title = اعلام وصول درخواست
summary = شهرداری وصول درخواست شما را تأیید می‌کند و تشخیص می‌دهد که نظر مشورتی لازم است یا رسیدگی باید متوقف شود. مهلت‌ها نمونه است.

fact-channel = درخواست از چه راهی رسیده است؟
    .hint = راهی را انتخاب کنید که درخواست نخستین بار از آن به شهرداری رسید.

stage-check = بررسی اعلام وصول
stage-determine = تأیید اعلام وصول
stage-send = چاپ و ارسال
stage-necessity = نظر مشورتی لازم است؟ رسیدگی باید متوقف شود؟
stage-hold = بررسی توقف رسیدگی
stage-received = وصول درخواست تأیید شد
stage-stopped = رسیدگی متوقف شد

route-check-correct = اعلام وصول درست است
route-determine-confirm = تأیید وصول
route-send-sent = ارسال شد
route-hold-proceed = ادامه رسیدگی
route-hold-refuse = توقف رسیدگی

branch-necessity-advice = نظر مشورتی لازم است؟
branch-necessity-stop = رسیدگی باید متوقف شود؟

certificate-receipt = اعلام وصول درخواست
