# واژه‌های خود سامانه به فارسی. هر کلید در en.ftl هم هست؛ آزمونی آن‌ها را می‌سنجد.

skip = رفتن به محتوای صفحه
nav-label = سامانه
nav-cases = پرونده‌های من
nav-desk = کارتابل من
nav-queues = صف‌های رسیدگی
nav-sign-in = ورود
nav-verify = اصالت‌سنجی گواهی
nav-log = دفتر عمومی
demo-tag = نمایشی
demo-banner = هیچ‌چیز در این نسخه واقعی نیست: اشخاص، مبلغ‌ها و مهلت‌ها نمونه‌اند.
signed-in-as = با نام { $name } وارد شده‌اید
sign-out = خروج
footer-log = هر اقدام در دفتری عمومی ثبت می‌شود و هر کس می‌تواند آن را بررسی کند.
footer-log-link = دیدن دفتر عمومی
back-home = بازگشت به فهرست خدمات
yes = بله
no = خیر
list-comma = ،{" "}

currency-IRR = ریال
currency-EUR = یورو
currency-USD = دلار آمریکا
currency-TRY = لیر ترکیه
currency-AZN = منات آذربایجان
currency-AMD = درام ارمنستان

period-workdays = { $count ->
   *[other] { $shown } روز کاری
}
period-days = { $count ->
   *[other] { $shown } روز
}
period-months = { $count ->
   *[other] { $shown } ماه
}
period-years = { $count ->
   *[other] { $shown } سال
}

home-title = خدمات منطقه
home-lead = یک بار درخواست بدهید، ببینید پرونده در چه مرحله‌ای است، در مهلت مقرر پاسخ بگیرید و درستی هر مرحله را خودتان بررسی کنید.
search-label = جست‌وجوی خدمت
search-button = جست‌وجو
search-found = { $count ->
    [0] خدمتی پیدا نشد. با واژه‌های دیگری جست‌وجو کنید.
   *[other] { $shown } خدمت پیدا شد
}

sign-in-title = ورود
sign-in-how = پیوند ورودی را که برایتان فرستاده شده است باز کنید. این پیوند تا نیم ساعت و فقط یک بار کار می‌کند.
sign-in-arrived = پیوند ورود شما آماده است. برای ورود دکمه را بزنید.
sign-in-button = ورود
sign-in-demo = انتخاب کنید در این نمایش به جای چه کسی وارد شوید.
kind-person = متقاضی
kind-supervisor = ناظر

fault-not-found = صفحه پیدا نشد
fault-not-found-detail = شاید نشانی درست نوشته نشده است یا شما اجازه دیدن آن را ندارید. نشانی را بررسی کنید یا از فهرست خدمات شروع کنید.
fault-signed-out = لطفاً وارد شوید
fault-signed-out-detail = نشست شما پایان یافته یا از این پیوند پیش‌تر استفاده شده است. پیوند تازه‌ای بگیرید.
fault-forbidden = شما اجازه این کار را ندارید
fault-forbidden-detail = حساب شما در این کار نقشی ندارد. اگر فکر می‌کنید باید داشته باشد، به سرپرست خود بگویید.
fault-stale = این صفحه به‌روز نیست
fault-stale-detail = از زمانی که صفحه را باز کرده‌اید، پرونده تغییر کرده یا شما دوباره وارد شده‌اید. هیچ کاری انجام نشد. صفحه را دوباره باز کنید و پس از بررسی تصمیم بگیرید.
fault-key-reused = این کلید پیش‌تر استفاده شده است
fault-key-reused-detail = این کلید برای درخواست دیگری به کار رفته است. هیچ کاری انجام نشد. کلید تازه‌ای بفرستید.
fault-too-large = فایل بیش از اندازه بزرگ است
fault-too-large-detail = حجم فایل نباید بیش از { $max } مگابایت باشد. چیزی ذخیره نشد. فایل را کوچک‌تر کنید و دوباره بفرستید.
fault-empty = فایل خالی است
fault-empty-detail = چیزی ذخیره نشد. فایل را دوباره انتخاب کنید.
fault-not-what-it-says = نوع فایل با محتوای آن نمی‌خواند
fault-not-what-it-says-detail = نوع فایل { $said } اعلام شده، ولی محتوای آن چیز دیگری است. چیزی ذخیره نشد. فایل را با قالب درست ذخیره کنید و دوباره بفرستید.
fault-damaged = فایل سالم یا کامل نیست
fault-damaged-detail = فایل مانند { $said } شروع می‌شود، ولی ناقص یا خراب است یا چیز دیگری در آن گذاشته‌اند. چیزی ذخیره نشد. آن را دوباره ذخیره کنید، یا از نو اسکن کنید یا عکس بگیرید.
fault-not-taken = این نوع فایل پذیرفته نمی‌شود
fault-not-taken-detail = { $said } پذیرفته نمی‌شود. فایل PDF یا JPEG یا PNG یا WebP بفرستید.
fault-too-many = تعداد درخواست‌ها زیاد است
fault-too-many-detail = در زمانی کوتاه درخواست‌های زیادی از نشانی شما رسیده است. هیچ کاری انجام نشد. کمی صبر کنید و دوباره بفرستید.
fault-method = این نشانی صفحه‌ای برای دیدن نیست
fault-method-detail = این نشانی فقط برای فرستادن فرم است یا فرم را از نشانی دیگری باید فرستاد. هیچ کاری انجام نشد. از فهرست خدمات شروع کنید.
fault-wrong-host = نشانی دیگری
fault-wrong-host-detail = این درخواست با نامی فرستاده شده که نام این سامانه نیست. هیچ کاری انجام نشد. این نشانی را باز کنید: { $url }
fault-elsewhere = این درخواست از سامانه دیگری آمده است
fault-elsewhere-detail = برای ایمنی شما، فرم‌ها فقط از صفحه‌های همین سامانه پذیرفته می‌شود. هیچ کاری انجام نشد. صفحه را در همین سامانه باز کنید و از نو بفرستید.
back-to-form = بازگشت به صفحه پیش
fault-malformed = درخواست خوانده نشد
fault-malformed-detail = آنچه فرستاده شد به شکلی که باید باشد نیست. هیچ کاری انجام نشد. صفحه را دوباره باز کنید و از نو بفرستید.
fault-unavailable = سامانه موقتاً در دسترس نیست
fault-unavailable-detail = چیزی از دست نرفته و کاری نیمه‌تمام نمانده است. چند دقیقه دیگر دوباره تلاش کنید.
fault-internal = خطایی در سامانه رخ داد
fault-internal-detail = چیزی تغییر نکرد. خطا ثبت شد؛ لطفاً بعداً دوباره تلاش کنید.
fault-ended = رسیدگی به این پرونده پایان یافته است
fault-ended-detail = دیگر کاری در این پرونده نمی‌توان کرد. اگر به نتیجه اعتراض دارید، در صفحه پرونده ببینید مهلت اعتراض باز است یا نه.
fault-not-now = در این مرحله ممکن نیست
fault-not-now-detail = پرونده از این مرحله گذشته یا هنوز به آن نرسیده است. هیچ کاری انجام نشد. صفحه پرونده را دوباره ببینید.
fault-not-yours = نوبت شما نیست
fault-not-yours-detail = این کار به قید قرعه به کارشناس دیگری رسیده یا بر عهده متقاضی است. هیچ کاری انجام نشد.
fault-own-case = هیچ‌کس درباره پرونده خود تصمیم نمی‌گیرد
fault-own-case-detail = متقاضی این پرونده خود شما هستید. کارشناس دیگری تصمیم می‌گیرد.
fault-signed-already = شما پیش‌تر امضا کرده‌اید
fault-signed-already-detail = امضای شما ثبت شده است. پرونده منتظر همکاران شماست.
fault-no-such-route = چنین تصمیمی در این مرحله نیست
fault-no-such-route-detail = یکی از تصمیم‌هایی را که در صفحه آمده است انتخاب کنید.
fault-ground-needed = مستند قانونی لازم است
fault-ground-needed-detail = رد یا مخالفت باید مستند قانونی داشته باشد. هیچ کاری انجام نشد. یکی از مستندهای فهرست را انتخاب کنید.
fault-wrong-ground = در اینجا نمی‌توان به این مستند استناد کرد
fault-wrong-ground-detail = این مستند در تعریف خدمت برای این کار نیامده است. هیچ کاری انجام نشد. یکی از مستندهای فهرست را انتخاب کنید.
fault-facts = بخشی از اطلاعات کم یا نادرست است
fault-facts-detail = چیزی فرستاده نشد. همه مواردی که باید درست شود در یک فهرست آمده است.
fault-ask-used = پیش‌تر به متقاضی اعلام نقص شده است
fault-ask-used-detail = به هر متقاضی فقط یک بار و در یک فهرست اعلام نقص می‌شود. بر پایه مدارک موجود تصمیم بگیرید.
fault-empty-ask = موردی انتخاب نشده است
fault-empty-ask-detail = دست‌کم یک مورد را همراه با مستند آن انتخاب کنید.
fault-not-due = مهلت هنوز نگذشته است
fault-not-due-detail = هیچ کاری انجام نشد.
fault-time-ran-out = مهلت گذشته بود
fault-time-ran-out-detail = مهلت پیش از رسیدن این اقدام به پایان رسید و آنچه قانون پس از آن مقرر کرده جای آن را گرفت. به نام شما هیچ کاری انجام نشد. پرونده را دوباره ببینید.
fault-receipt-used = این پرداخت پیش‌تر ثبت شده است
fault-receipt-used-detail = پرداختی با همین شماره رسید در پرونده هست. هیچ کاری انجام نشد.
fault-decides-something = این خطا نگارشی نیست
fault-decides-something-detail = تصمیم، هزینه یا مرجعی بر این اطلاعات تکیه دارد و نمی‌توان آن را با اصلاح خطای نگارشی تغییر داد.
fault-no-appeal = مهلت اعتراض باز نیست
fault-no-appeal-detail = مهلت گذشته یا اعتراض پیش‌تر ثبت شده است.
fault-no-certificate = گواهی معتبری در این پرونده نیست
fault-no-certificate-detail = این پرونده گواهی صادر نکرده یا گواهی آن پیش‌تر ابطال شده است.
fault-too-few-officers = تعداد کارشناسان کافی نیست
fault-too-few-officers-detail = شمار کارشناسان برای قرعه‌کشی کافی نیست. چیزی از دست نرفته است. دستگاه باید فهرست کارشناسان را کامل کند.
fault-bad-text = متن پذیرفته نشد
fault-bad-text-detail = متنی بنویسید که بیش از { $max } نویسه نباشد.
fault-undecidable = قاعده‌ها پاسخی ندارند
fault-undecidable-detail = این ایراد تعریف خدمت است، نه درخواست شما. چیزی تغییر نکرد؛ نویسنده تعریف خدمت باید آن را درست کند.

wrong-missing = پاسخ دادن به این مورد الزامی است.
wrong-not-asked = این مورد در اینجا خواسته نشده است.
wrong-no-record = در مرجع، چنین سابقه‌ای نیست.
wrong-not-held = این سابقه به نام شما نیست.
wrong-number = عدد وارد کنید، مانند ۱۲۵۰.
wrong-whole = عدد را بدون اعشار وارد کنید.
wrong-too-fine = حداکثر { $scale } رقم اعشار وارد کنید.
wrong-amount = مبلغ را به رقم وارد کنید، مانند ۲۵۰٬۰۰۰.
wrong-date = تاریخ را به این شکل وارد کنید: ۱۴۰۵/۰۹/۰۲.
wrong-yes-no = «بله» یا «خیر» را انتخاب کنید.
wrong-document = فایلی انتخاب کنید.
wrong-document-image = اینجا باید عکس باشد: فایل JPEG یا PNG یا WebP انتخاب کنید.
wrong-document-pdf = اینجا باید PDF باشد: فایل PDF انتخاب کنید.
wrong-place = مختصات را وارد کنید، مانند عرض ۳۹٫۲۹۵ و طول ۴۴٫۴۹۸.
wrong-choice = یکی از گزینه‌ها را انتخاب کنید.
wrong-text = متن وارد کنید.
wrong-below = { $min } یا بیشتر وارد کنید.
wrong-above = { $max } یا کمتر وارد کنید.
wrong-too-large = عدد بیش از اندازه بزرگ است.
wrong-too-long = حداکثر { $max } نویسه وارد کنید.
wrong-route = تصمیم خود را انتخاب کنید.
wrong-ground = یکی از مستندهای فهرست را انتخاب کنید.
wrong-ground-needed = رد، مخالفت و اعلام نقص باید مستند قانونی داشته باشد. یکی از مستندهای فهرست را انتخاب کنید.
wrong-opinion = نظر دستگاه خود را انتخاب کنید.
wrong-empty-ask = دست‌کم یک مورد را انتخاب کنید.
wrong-reason = بنویسید چه چیزی اشتباه بوده است.
wrong-reason-length = بنویسید چه چیزی اشتباه بوده است، با حداکثر { $max } نویسه.
wrong-unchanged = همین مقدار اکنون ثبت است. مقدار درست را وارد کنید.
wrong-reference = پرونده‌ای با این شماره در دستگاه شما نیست. شماره را با آنچه روی گواهی یا صفحه پرونده آمده است مقایسه کنید.
wrong-certificate = متن گواهی را وارد کنید یا فایل آن را انتخاب کنید.

## API

api-token = توکن لازم است
api-token-detail = سرآیند «Authorization: Bearer» را با توکنی معتبر بفرستید. اگر توکن شما منقضی شده است، توکن تازه‌ای بگیرید.
api-not-found = چنین چیزی نیست
api-not-found-detail = شاید نشانی درست نوشته نشده یا دیدن آن در اختیار شما نیست. آن را با توصیف API بسنجید.
api-method = این کار در اینجا شدنی نیست
api-method-detail = این نشانی روش‌های دیگری می‌پذیرد؛ سرآیند Allow آن‌ها را نام می‌برد.
api-wrong-host = میزبان دیگری
api-wrong-host-detail = سرایند Host نام سامانه دیگری است. هیچ کاری انجام نشد. درخواست را به این نشانی بفرستید: { $url }
api-parameter = پارامتری پذیرفتنی نیست
api-parameter-detail = این پارامتر را درست کنید و درخواست را دوباره بفرستید: { $name }
api-idempotency-key = کلید یکتایی لازم است
api-idempotency-key-detail = سرآیند Idempotency-Key را یک بار، با ۱ تا ۱۲۸ نویسه چاپی ASCII بی‌فاصله و برای هر نوشتن تازه بفرستید. هیچ کاری انجام نشد.
api-content-type = نوع رسانه دیگری لازم است
api-content-type-detail = در اینجا تنها { $taken } پذیرفته می‌شود. هیچ کاری انجام نشد. سرآیند Content-Type را به آن تغییر دهید.
api-body-too-large = بدنه درخواست بیش از اندازه بزرگ است
api-body-too-large-detail = بیش از { $max } مگابایت پذیرفته نمی‌شود. هیچ کاری انجام نشد. کمتر در هر بار بفرستید.
api-broken-off = بدنه درخواست ناتمام ماند
api-broken-off-detail = ارتباط پیش از پایان بدنه قطع شد. هیچ کاری انجام نشد. با همان کلید یکتایی دوباره بفرستید.
api-not-utf-8 = بدنه درخواست UTF-8 نیست
api-not-utf-8-detail = بایت { $byte } از UTF-8 نیست. هیچ کاری انجام نشد. بدنه را به UTF-8 رمز کنید.
api-not-json = بدنه درخواست JSON نیست
api-not-json-detail = هیچ کاری انجام نشد. سطر { $line }، ستون { $column } را ببینید: { $why }
api-too-deep = بدنه درخواست بیش از اندازه تودرتوست
api-too-deep-detail = فهرست‌ها و شیءها تا ۶۴ لایه پذیرفته می‌شوند. هیچ کاری انجام نشد. در سطر { $line }، ستون { $column } از آن می‌گذرد.
api-duplicate-key = کلیدی دو بار آمده است
api-duplicate-key-detail = «{ $key }» در یک شیء دو بار آمده و روشن نیست کدام منظور است. هیچ کاری انجام نشد. سطر { $line }، ستون { $column } را ببینید.
api-shape = بدنه درخواست به شکلی که توصیف شده نیست
api-shape-detail = هیچ کاری انجام نشد. سطر { $line }، ستون { $column } را ببینید و با توصیف API بسنجید: { $why }
api-too-many-requests = درخواست‌ها بیش از اندازه‌اند
api-too-many-requests-detail = هیچ کاری انجام نشد. پس از { $after } ثانیه دوباره بفرستید.
api-document-unknown = نخست مدرک را بفرستید و سپس درست همان پاسخی را که گرفتید بدهید.
api-certificate-pending = گواهی در حال آماده شدن است
api-certificate-pending-detail = لحظه‌ای زمان می‌برد. پس از { $after } ثانیه دوباره بپرسید.

## Shared

colon = :
draft = پیش‌نویس تأییدنشده
draft-tag = هنوز فرستاده نشده
back = بازگشت
change = تغییر
choose = انتخاب کنید
older = قدیمی‌ترها
newer = تازه‌ترها
further = پرونده‌های بعدی
reference = شماره پیگیری
service = خدمت
stage = مرحله
deadline = مهلت
holder = دارنده
holders = در دست اقدام
ground = مستند قانونی
ground-article = { $act }، ماده { $article }
attribute-of = { $fact }: { $attribute }
attribute-risk = رده خطر
code-low = کم
code-medium = متوسط
code-high = زیاد
output-route = تصمیم
output-amount = مبلغ
not-given = پاسخ داده نشده
overdue = مهلت گذشته
optional = (اختیاری)

## A service

service-start = شروع درخواست
service-is-appeal = اعتراض از صفحه همان پرونده‌ای شروع می‌شود که به نتیجه آن اعتراض دارید.
service-for = مخاطب خدمت
service-for-person = اشخاص حقیقی
service-for-company = شرکت‌ها
service-authority = دستگاه مسئول
service-promise = مهلت رسیدگی
service-promise-within = حداکثر ظرف { $period } پاسخ می‌گیرید.
service-answer-within = اگر کارشناس اعلام نقص کند، { $period } برای پاسخ فرصت دارید و این مدت جزو مهلت رسیدگی نیست.
service-fee = هزینه
service-fee-none = ندارد
service-fee-range = از { $least } تا { $most }
service-fee-by = بر پایه { $path }
service-needs = آنچه لازم دارید
service-needs-lead = فقط همین موارد از شما پرسیده می‌شود.
service-documents = مدارک
service-not-asked = آنچه از شما پرسیده نمی‌شود
service-not-asked-lead = این اطلاعات در دفترهای رسمی ثبت است و سامانه خودش آن‌ها را می‌خواند.
service-who-you-are = هویت شما
service-you-choose = شما انتخاب می‌کنید: { $fact }
service-read-there = از آنجا خوانده می‌شود:
service-recorded = کارشناس در جریان رسیدگی ثبت می‌کند:
lifecycle-title = مسیر رسیدگی
lifecycle-drawing = نمودار مسیر رسیدگی
lifecycle-drawing-desc = مسیر رسیدگی در فهرست زیر نمودار نیز آمده است.
lifecycle-shapes = هر شکل یک مرحله و هر پیکان یک مسیر است. فهرست زیر همین را به متن می‌گوید.
lifecycle-list = مرحله‌ها به‌صورت فهرست
stage-kind-decide = تصمیم با قاعده‌ها
stage-kind-officer = تصمیم با کارشناس
stage-kind-inspect = بازدید
stage-kind-consult = استعلام
stage-kind-applicant = نوبت شما
stage-kind-pay = پرداخت
stage-kind-wait = انتظار
stage-kind-granted = موافقت
stage-kind-refused = رد
stage-kind-closed = پایان
stage-by-table = بر پایه جدول «{ $table }»
count-officers = { $count ->
    [one] یک کارشناس به قید قرعه
   *[other] { $shown } کارشناس به قید قرعه که باید هم‌رأی باشند
}
stage-by-officers = { $people }: { $role }
stage-may-ask = می‌تواند یک بار و در یک فهرست اعلام نقص کند
stage-branch = { $branch }: ظرف { $period }؛ { $silent }
silent-agree = سکوت به معنای موافقت است
silent-object = سکوت به معنای مخالفت است
stage-within = ظرف { $period }
stage-issues = گواهی: { $certificate }
stage-valid = اعتبار: { $period }
stage-enters = ثبت در: { $register }
stage-appeal = اعتراض ظرف { $period }
way-rules = { $count ->
   *[other] با { $shown } قاعده
}
way-agree = بدون مخالفت
way-object = با مخالفت
way-supplied = تکمیل شد
way-paid = پرداخت شد
way-time = زمان گذشت
way-appeal = پذیرش اعتراض
way-unanswered = بی‌پاسخ ماندن نقص
way-overdue = گذشت مهلت
tables-title = قاعده‌ها
tables-lead = تصمیم بر پایه همین جدول‌ها گرفته می‌شود؛ سامانه هم همین جدول‌ها را اجرا می‌کند.
tables-rule = قاعده
tables-ground = مستند قانونی
test-any = فرقی ندارد
test-not = غیر از { $value }
test-less = کمتر از { $value }
test-at-most = حداکثر { $value }
test-more = بیش از { $value }
test-at-least = دست‌کم { $value }
test-between = { $low } و { $high }
hit-unique = تنها یک قاعده صدق می‌کند.
hit-any = اگر چند قاعده صدق کند، همه یک چیز می‌گویند.
hit-first = نخستین قاعده‌ای که صدق کند تعیین می‌کند.
hit-priority = از قاعده‌های صادق، آن که پاسخ برتر دارد تعیین می‌کند.
hit-rule-order = همه قاعده‌های صادق به ترتیب به شمار می‌آیند.
hit-output-order = همه قاعده‌های صادق به شمار می‌آیند، پاسخ برتر نخست.
hit-collect = همه قاعده‌های صادق به شمار می‌آیند.
hit-collect-sum = مقدارهای همه قاعده‌های صادق جمع می‌شود.
hit-collect-min = کوچک‌ترین مقدار قاعده‌های صادق به شمار می‌آید.
hit-collect-max = بزرگ‌ترین مقدار قاعده‌های صادق به شمار می‌آید.
hit-collect-count = شمار قاعده‌های صادق به شمار می‌آید.
law-title = مستندهای قانونی
law-lead = رد درخواست، اعلام نقص و هزینه بر این مستندها تکیه دارد. متن‌هایی که نشان «پیش‌نویس تأییدنشده» دارند هنوز تأیید نشده‌اند.
definition-title = تعریف خدمت
definition-lead = این چکیده (hash) نشان می‌دهد کدام نسخه از تعریف خدمت منتشر شده است. هر پرونده تا پایان با همان نسخه‌ای پیش می‌رود که با آن شروع شده است.

## Applying

error-tag = خطا:
error-summary = لطفاً این موارد را درست کنید
question-of = پرسش { $number } از { $of }
question-optional = پاسخ به این پرسش اختیاری است.
save-and-continue = ذخیره و ادامه
draft-kept = پاسخ‌های شما ذخیره می‌شود. می‌توانید صفحه را ببندید و بعداً از «پرونده‌های من» ادامه دهید.
too-many-held = در این دفتر موارد بسیاری به نام شماست و همه را نمی‌توان اینجا آورد. شماره مورد خود را همان‌گونه که در دفتر آمده بنویسید، مانند { $key }
nothing-held = در این دفتر چیزی به نام شما ثبت نیست. نخست آن را ثبت کنید و سپس به این صفحه برگردید.
latitude = عرض جغرافیایی
longitude = طول جغرافیایی
file-kept = فایل ذخیره‌شده: { $name }
check-title = بازبینی پاسخ‌ها
check-declare = با فرستادن درخواست، درستی اطلاعاتی را که داده‌اید تأیید می‌کنید.
submit = فرستادن درخواست
drop-draft = حذف این پیش‌نویس

## Cases

drafts-title = درخواست‌های ناتمام
cases-none = هنوز پرونده‌ای ندارید.
cases-begin = یکی از خدمات را انتخاب کنید.
turn-rules = قاعده‌ها در حال اجراست.
turn-officers = کارشناس در حال بررسی است.
turn-consult = از دستگاه‌ها استعلام شده است.
turn-answer = نوبت شماست: به اعلام نقص پاسخ دهید.
turn-applicant = نوبت شماست: اطلاعات خواسته‌شده را تکمیل کنید.
turn-payment = نوبت شماست: هزینه را پرداخت کنید.
turn-answer-other = نوبت متقاضی است: پاسخ به اعلام نقص.
turn-applicant-other = نوبت متقاضی است: تکمیل اطلاعات.
turn-payment-other = نوبت متقاضی است: پرداخت هزینه.
turn-waiting = زمان انتظار در جریان است.
turn-ended = رسیدگی پایان یافته است.
outcome-granted = موافقت شد
outcome-refused = رد شد
outcome-lapsed = مختومه به سبب گذشت مهلت
outcome-withdrawn = انصراف متقاضی
outcome-closed = بسته شد
days-left = { $count ->
    [0] امروز روز آخر است
   *[other] { $shown } روز کاری مانده
}
deadline-left = تا پایان { $day }: { $left }
held-by = در دست اقدام: { $officers }
see-certificate = دیدن گواهی
your-turn = نوبت شما
asked-once = کارشناس این موارد را یک بار و در یک فهرست خواسته است:
send-answer = فرستادن پاسخ
pay-now = پرداخت { $amount }
appeal-now = ثبت اعتراض، تا پایان { $day }
what-is-known = اطلاعات پرونده
history = تاریخچه پرونده
history-lead = هر گام، بدون نام شما، در دفتر عمومی ثبت است.
log-entry = ثبت شماره { $index }
withdraw = انصراف از درخواست
withdraw-title = از این درخواست انصراف می‌دهید؟
withdraw-lead = رسیدگی بی‌درنگ پایان می‌یابد. هر زمان بخواهید می‌توانید دوباره درخواست دهید.
withdraw-reason = دلیل انصراف (اختیاری)
pay-title = پرداخت
pay-sample = درگاه پرداخت نمونه
pay-sample-lead = این یک نمایش است و پولی جابه‌جا نمی‌شود. این دکمه به جای درگاه پرداخت اعلام می‌کند که هزینه رسیده است.
pay-sample-button = اعلام پرداخت (نمونه)
pay-elsewhere = هزینه را با شماره پیگیری پرونده به خزانه بپردازید. پس از تأیید خزانه، رسیدگی ادامه می‌یابد.

## History

event-opened = درخواست ثبت شد
event-entered = ورود به مرحله «{ $stage }»
event-due = مهلت: { $day }
event-amount = قابل پرداخت: { $amount }
event-drawn = کارشناس به قید قرعه تعیین شد
event-drawn-who = برگزیده قرعه: { $officers }؛ از میان: { $among }
event-drawn-from = عدد تصادفی قرعه: { $randomness }
event-ruled = جدول «{ $table }» اجرا شد؛ قاعده { $rows } صدق کرد
event-signed = { $officer } امضا کرد: { $route }
event-decided-rule = تصمیم قاعده‌ها: { $route }
event-decided-officers = تصمیم { $officers }: { $route }
event-decided-silence = تصمیم به سبب سکوت: { $route }؛ در مهلت پاسخ ندادند: { $officers }
event-decided-consult = نتیجه استعلام: { $route }
event-asked = { $officer } اعلام نقص کرد؛ مهلت پاسخ تا پایان { $day }
event-supplied = متقاضی پاسخ داد
event-agreed = { $branch }: موافق
event-objected = { $branch }: مخالف
event-agreed-silently = { $branch }: سکوت، به معنای موافقت
event-objected-silently = { $branch }: سکوت، به معنای مخالفت
event-paid = پرداخت شد: { $amount }، رسید { $receipt }
event-lapsed = مهلت { $day } گذشت
event-silent = بی‌پاسخ: { $officers }
event-withdrawn = متقاضی انصراف داد
event-corrected = { $officer } خطای نگارشی «{ $fact }» را اصلاح کرد
event-issued = گواهی: { $certificate }
event-appealed = اعتراض ثبت شد: { $case }
event-overturned = اعتراض { $case } پذیرفته شد؛ پرونده ادامه می‌یابد
event-revoked = { $officer } گواهی را ابطال کرد

## Certificates

certificate = گواهی
certificate-in-making = گواهی در حال آماده شدن است. لحظه‌ای دیگر صفحه را دوباره باز کنید.
certificate-revoked = این گواهی ابطال شده است.
certificate-proven = صدور این گواهی در دفتر عمومی ثبت است.
certificate-not-yet = امضا شده است و تا لحظاتی دیگر در دفتر عمومی ثبت می‌شود.
certificate-cose = دریافت گواهی با گواه ثبت در دفتر (COSE)
certificate-text = دریافت گواهی به‌صورت متن
claim-holder = دارنده
valid-from = آغاز اعتبار
valid-until = پایان اعتبار
verify-text = متن گواهی
verify-text-hint = متنی که با خواندن رمزینه (QR) به دست می‌آید و با PJ1:‎ شروع می‌شود
verify-file = یا فایل گواهی
verify-button = بررسی گواهی
verify-elsewhere = بررسی بدون این سامانه
verify-elsewhere-lead = هر کسی می‌تواند با کلیدهای عمومی منطقه، گواهی را روی رایانه خودش بررسی کند و به گفته این سامانه تکیه نکند. به‌جای FILE نام فایل گواهی یا متن آن را بنویسید؛ فرمان دوم همه دفتر عمومی را بررسی می‌کند:
verify-certificate-key = کلید عمومی گواهی‌ها
verify-certificate-key-set = دریافت به‌صورت JWKS
verify-log-key = کلید عمومی دفتر
verify-elsewhere-trust = کلیدی که از همین صفحه برداشته شود فقط نشان می‌دهد که گواهی و این صفحه با هم سازگارند. برای اطمینان، آن را با کلیدی که منطقه جای دیگری منتشر کرده است، مانند روزنامه رسمی، مقایسه کنید.
verdict-valid = گواهی معتبر است
verdict-valid-detail = گواهی اصیل است، اعتبار دارد و ابطال نشده است.
verdict-expired = اعتبار گواهی پایان یافته است
verdict-expired-detail = گواهی اصیل است، ولی اعتبار آن در این زمان پایان یافته است:
verdict-not-yet = اعتبار گواهی هنوز آغاز نشده است
verdict-not-yet-detail = گواهی اصیل است و اعتبار آن از این زمان آغاز می‌شود:
verdict-revoked = گواهی ابطال شده است
verdict-revoked-detail = گواهی اصیل بوده، ولی دستگاه صادرکننده آن را ابطال کرده است. آن را نپذیرید.
verdict-suspended = گواهی تعلیق شده است
verdict-suspended-detail = گواهی اصیل است، ولی فعلاً اعتبار ندارد.
verdict-status-unknown = معلوم نیست گواهی ابطال شده است یا نه
verdict-status-unknown-detail = گواهی اصیل است. از دستگاه صادرکننده بپرسید.
verdict-unknown-key = گواهی متعلق به منطقه دیگری است
verdict-unknown-key-detail = این منطقه نمی‌تواند درباره آن نظر دهد. از منطقه‌ای که نام آن آمده است بپرسید:
verdict-bad-signature = گواهی دستکاری شده یا جعلی است
verdict-bad-signature-detail = امضا متعلق به منطقه‌ای که نام آن آمده است نیست. گواهی را نپذیرید. منطقه:
verdict-malformed = این گواهی نیست یا ناقص است
verdict-malformed-detail = متن یا فایل خوانده نمی‌شود. آن را کامل و دوباره بخوانید یا کپی کنید. جای ایراد:
verdict-proven = اثبات شد: تصمیم صدور این گواهی در دفتر عمومی ثبت است.
verdict-unproven = امضا درست است، ولی گواه ثبت در دفتر عمومی همراه آن نیست.
verdict-refuted = گواه همراه آن، ثبت در دفتر عمومی را ثابت نمی‌کند. از دستگاه صادرکننده بپرسید.

## The desk

desk-lead = فقط پرونده‌هایی که منتظر اقدام شماست، به ترتیب رسیدن.
desk-empty = پرونده‌ای منتظر اقدام شما نیست.
desk-done = انجام و ثبت شد.
desk-silence = اگر در مهلت پاسخی داده نشود: { $consequence }
desk-people = { $count ->
   *[other] { $shown } کارشناس باید هم‌رأی باشند.
}
desk-proposal = پیشنهاد قاعده‌ها
desk-decide = تصمیم شما
desk-route = تصمیم
desk-ground = مستند قانونی (برای رد لازم است)
ground-none = بدون مستند
desk-note = توضیح (متقاضی آن را می‌خواند)
desk-sign = امضا و ثبت
desk-ask = اعلام نقص به متقاضی
desk-ask-lead = فقط یک بار و در یک فهرست: همه موارد ناقص یا نیازمند اصلاح را انتخاب کنید.
desk-ask-note = ایراد این مورد
desk-ask-send = ارسال اعلام نقص
desk-opinion = نظر دستگاه شما
opinion-agree = مخالفتی نیست
opinion-object = مخالفت
desk-not-your-turn = این پرونده اکنون منتظر اقدام شما نیست.
desk-ask-items = موارد ناقص
desk-ask-ground = مستند قانونی
desk-object-ground = مستند قانونی (برای مخالفت لازم است)
find-title = اصلاح پرونده یا ابطال گواهی
find-lead = پرونده‌های دستگاه خودتان را با شماره پیگیری پیدا کنید تا خطای نگارشی را اصلاح یا گواهی را ابطال کنید.
find-hint = روی گواهی و در صفحه پرونده آمده است، مانند 7QK2-M04T-9XAB
find-button = پیدا کردن پرونده
amend-title = اصلاح و ابطال
correct-title = اصلاح خطای نگارشی
correct-lead = فقط اطلاعاتی را می‌توان اصلاح کرد که هیچ تصمیم، هزینه یا مهلتی بر آن‌ها تکیه ندارد.
correct-none = در این پرونده چیزی نیست که بتوان آن را به‌عنوان خطای نگارشی اصلاح کرد.
correct-one = اصلاح
correct-fact = مورد
correct-stands = آنچه ثبت است
correct-wanted = آنچه باید ثبت شود
correct-reason = چه چیزی اشتباه بوده است؟
check-button = ادامه و بازبینی
correct-check-title = پیش از ثبت، اصلاح را بازبینی کنید
correct-consequence = اصلاح با نام شما در تاریخچه پرونده می‌ماند و متقاضی آن را می‌بیند. مقدار پیشین از تاریخچه حذف نمی‌شود.
correct-certificate = گواهی با مقدار تازه دوباره صادر می‌شود.
correct-send = ثبت اصلاح
revoke-title = ابطال گواهی
revoke-lead = گواهی ابطال‌شده را دیگر هیچ‌کس نباید بپذیرد. ابطال باید مستند قانونی داشته باشد.
revoke-ground = مستند قانونی ابطال
revoke-check-title = پیش از ابطال، بازبینی کنید
revoke-consequence = ابطال برگشت‌پذیر نیست. از این پس هر کس اصالت گواهی را بسنجد، می‌بیند که ابطال شده است.
revoke-send = ابطال گواهی
queues-lead = هر مرحله چند پرونده دارد، قدیمی‌ترین آن‌ها از چه زمانی منتظر است و نزدیک‌ترین مهلت کدام است.
queues-empty = پرونده‌ای در انتظار نیست.
queues-cases = تعداد پرونده
queues-oldest = قدیمی‌ترین، از
queues-nearest = نزدیک‌ترین مهلت

## The log

log-lead = همه اقدام‌ها در همه پرونده‌ها، به ترتیب ثبت. هیچ‌کس نمی‌تواند ثبتی را بی‌آن‌که آشکار شود تغییر دهد یا حذف کند.
log-size = تعداد ثبت‌ها
log-root = ریشه (root)
log-signed = زمان امضا
log-key = کلید بررسی امضا
log-check = خودتان دفتر را بررسی کنید، با این برنامه یا هر برنامه دیگری که C2SP tlog-tiles را می‌شناسد:
log-checkpoint = آخرین نقطه امضاشده (checkpoint)
log-empty = هنوز چیزی ثبت نشده است.
log-index = ثبت
log-kind = نوع
log-time = زمان
log-case = پرونده (نام مستعار)
log-sequence = جایگاه در پرونده
log-previous = ثبت پیشین همین پرونده
log-first = ندارد: آغاز پرونده است
log-hash = چکیده ثبت (hash)
log-public = اطلاعات عمومی
log-nothing-public = ندارد.
log-commitments = اطلاعات محرمانه
log-commitments-lead = از اطلاعات محرمانه فقط چکیده‌ای رمزشده ثبت می‌شود: دارنده اطلاعات می‌تواند درستی آن را ثابت کند و دیگران نمی‌توانند آن را حدس بزنند.
log-proof = دریافت گواه ثبت
kind-opened = ثبت درخواست
kind-entered = ورود به مرحله
kind-drawn = قرعه‌کشی کارشناس
kind-ruled = اجرای قاعده‌ها
kind-signed = امضای یکی از چند نفر
kind-decided = تصمیم
kind-asked = اعلام نقص
kind-supplied = پاسخ متقاضی
kind-consulted = پاسخ دستگاه
kind-paid = پرداخت
kind-lapsed = گذشت مهلت
kind-withdrawn = انصراف
kind-corrected = اصلاح خطای نگارشی
kind-ended = پایان
kind-appealed = ثبت اعتراض
kind-overturned = نقض تصمیم
kind-revoked = ابطال گواهی
