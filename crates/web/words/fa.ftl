# واژه‌های خود سامانه به فارسی. هر کلید در en.ftl هم هست؛ آزمونی آن‌ها را می‌سنجد.

skip = رفتن به محتوای صفحه
nav-label = سامانه
nav-cases = پرونده‌های من
nav-desk = میز کار من
nav-queues = صف‌ها
nav-sign-in = ورود
nav-verify = اصالت‌سنجی گواهی
nav-log = دفتر عمومی
demo-tag = نمایشی
demo-banner = هیچ‌چیز اینجا واقعی نیست: آدم‌ها، هزینه‌ها و آستانه‌ها نمونه‌اند.
signed-in-as = با نام { $name } وارد شده‌اید
sign-out = خروج
footer-log = هر اقدامی در دفتری عمومی می‌ماند که همه می‌توانند آن را بسنجند.
footer-log-link = دیدن دفتر
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
home-lead = یک بار درخواست بدهید، ببینید کار کجاست، به‌موقع پاسخ بگیرید و هر گام را بسنجید.
search-label = جست‌وجوی خدمت
search-button = جست‌وجو
search-found = { $count ->
    [0] خدمتی پیدا نشد. با واژه‌های دیگر بجویید.
   *[other] { $shown } خدمت پیدا شد
}

sign-in-title = ورود
sign-in-how = پیوند ورودی را که برایتان فرستاده شده باز کنید. این پیوند یک بار و تا نیم ساعت کار می‌کند.
sign-in-arrived = پیوند شما آماده است.
sign-in-button = ورود
sign-in-demo = برگزینید در این نمایش چه کسی باشید.
kind-person = متقاضی
kind-supervisor = ناظر

fault-not-found = این صفحه اینجا نیست
fault-not-found-detail = شاید نشانی درست نوشته نشده یا دیدن آن در اختیار شما نیست. نشانی را وارسی کنید یا از فهرست خدمات آغاز کنید.
fault-signed-out = لطفاً وارد شوید
fault-signed-out-detail = نشست شما پایان یافته یا پیوند پیش‌تر به کار رفته است. پیوند تازه‌ای بخواهید.
fault-forbidden = این کار با شما نیست
fault-forbidden-detail = حساب شما در این کار نقشی ندارد. اگر گمان می‌کنید باید داشته باشد، با سرپرست خود سخن بگویید.
fault-stale = کسی پیش از شما اقدام کرده است
fault-stale-detail = آنچه دیده بودید دیگر شده است. هیچ کاری انجام نشد. بازگردید، صفحه را دوباره بار کنید و از نو ببینید.
fault-key-reused = این کلید پیش‌تر به کار رفته است
fault-key-reused-detail = این کلید از آنِ درخواست دیگری است. هیچ کاری انجام نشد. کلید تازه‌ای بفرستید.
fault-too-large = پرونده بیش از اندازه بزرگ است
fault-too-large-detail = بیش از { $max } مگابایت پذیرفته نمی‌شود. چیزی نگه داشته نشد. آن را کوچک‌تر کنید و دوباره بفرستید.
fault-empty = پرونده خالی است
fault-empty-detail = چیزی نگه داشته نشد. پرونده را دوباره برگزینید.
fault-not-what-it-says = پرونده آن نیست که می‌گوید
fault-not-what-it-says-detail = نوع آن { $said } اعلام شده، ولی محتوایش چیز دیگری است. چیزی نگه داشته نشد. آن را با قالب درست ذخیره کنید.
fault-not-taken = این نوع پرونده پذیرفته نمی‌شود
fault-not-taken-detail = { $said } پذیرفته نمی‌شود. پروندهٔ PDF یا JPEG یا PNG یا WebP بفرستید.
fault-too-many = درخواست‌ها پی‌درپی و بیش از اندازه‌اند
fault-too-many-detail = از نشانی شما در زمان کوتاهی درخواست‌های بسیاری رسید. هیچ کاری انجام نشد. کمی صبر کنید و دوباره بفرستید.
fault-malformed = این خوانده نمی‌شود
fault-malformed-detail = آنچه فرستاده شد به شکلی که باید نیست. هیچ کاری انجام نشد. آن را وارسی کنید و دوباره بفرستید.
fault-unavailable = خدمت برای لحظاتی در دسترس نیست
fault-unavailable-detail = چیزی از دست نرفته و کاری نیمه‌تمام نمانده است. چند دقیقهٔ دیگر دوباره بیازمایید.
fault-internal = ایرادی در سامانه پیش آمده است
fault-internal-detail = چیزی تغییر نکرد. ایراد ثبت شد؛ لطفاً دیرتر دوباره بیازمایید.
fault-ended = پرونده پایان یافته است
fault-ended-detail = دیگر کاری در آن نمی‌توان کرد. اگر به نتیجه اعتراض دارید، در صفحهٔ پرونده ببینید آیا مهلت اعتراض باز است.
fault-not-now = در این مرحله نمی‌شود
fault-not-now-detail = پرونده از این مرحله گذشته یا هنوز به آن نرسیده است. هیچ کاری انجام نشد. صفحهٔ پرونده را دوباره ببینید.
fault-not-yours = نوبت شما نیست
fault-not-yours-detail = کس دیگری برای آن قرعه خورده یا این کار با متقاضی است. هیچ کاری انجام نشد.
fault-own-case = هیچ‌کس دربارهٔ پروندهٔ خود تصمیم نمی‌گیرد
fault-own-case-detail = متقاضی این پرونده خود شمایید. همکاری دیگر تصمیم می‌گیرد.
fault-signed-already = پیش‌تر امضا کرده‌اید
fault-signed-already-detail = امضای شما ثبت است. پرونده در انتظار همکاران شماست.
fault-no-such-route = چنین تصمیمی در اینجا نیست
fault-no-such-route-detail = یکی از تصمیم‌هایی را که صفحه پیش می‌نهد برگزینید.
fault-ground-needed = مستند لازم است
fault-ground-needed-detail = رد یا مخالفت باید به مستندی استناد کند. هیچ کاری انجام نشد. یکی از مستندهای پیشنهادی را برگزینید.
fault-wrong-ground = در اینجا به این مستند نمی‌توان استناد کرد
fault-wrong-ground-detail = این مستند در تعریف خدمت برای این کار نیامده است. هیچ کاری انجام نشد. یکی از مستندهای پیشنهادی را برگزینید.
fault-facts = چیزی کم یا نادرست است
fault-facts-detail = چیزی فرستاده نشد. همهٔ آنچه باید درست شود در یک فهرست آمده است.
fault-ask-used = از متقاضی پیش‌تر خواسته شده است
fault-ask-used-detail = از هر کس یک بار و در یک فهرست خواسته می‌شود. بر پایهٔ آنچه هست تصمیم بگیرید.
fault-empty-ask = چیزی خواسته نشده است
fault-empty-ask-detail = دست‌کم یک مورد کم را با مستند آن برگزینید.
fault-not-due = مهلت نگذشته است
fault-not-due-detail = هیچ کاری انجام نشد.
fault-time-ran-out = مهلت گذشته بود
fault-time-ran-out-detail = مهلت پیش از رسیدن این اقدام به پایان رسید و آنچه قانون پس از آن مقرر کرده جای آن را گرفت. به نام شما هیچ کاری انجام نشد. پرونده را دوباره ببینید.
fault-receipt-used = این پرداخت پیش‌تر ثبت شده است
fault-receipt-used-detail = پرداختی با همین شمارهٔ رسید در پرونده هست. هیچ کاری انجام نشد.
fault-decides-something = این خطای نگارشی نیست
fault-decides-something-detail = تصمیمی یا مرجعی بر این داده تکیه دارد و در اینجا اصلاح‌پذیر نیست.
fault-no-appeal = مهلت اعتراضی باز نیست
fault-no-appeal-detail = زمان آن گذشته یا اعتراضی پیش‌تر ثبت شده است.
fault-no-certificate = گواهی‌ای در کار نیست
fault-no-certificate-detail = این پرونده گواهی صادر نکرده یا گواهی آن پیش‌تر ابطال شده است.
fault-too-few-officers = کارشناس به شمار کافی نیست
fault-too-few-officers-detail = فهرست کارشناسان برای قرعه کافی نیست. چیزی از دست نرفته است. دستگاه باید فهرست را کامل کند.
fault-bad-text = متن پذیرفتنی نیست
fault-bad-text-detail = چیزی بنویسید، حداکثر { $max } نویسه.
fault-undecidable = قواعد پاسخی ندارند
fault-undecidable-detail = این ایراد تعریف خدمت است، نه درخواست شما. چیزی تغییر نکرد؛ نویسندهٔ خدمت باید آن را درست کند.

wrong-missing = این مورد لازم است.
wrong-not-asked = این مورد در اینجا خواسته نشده است.
wrong-no-record = در مرجع، چنین سابقه‌ای نیست.
wrong-not-held = این سابقه از آنِ کس دیگری است.
wrong-number = عددی وارد کنید، مانند ۱۲۵۰.
wrong-whole = عددی بی‌اعشار وارد کنید.
wrong-too-fine = حداکثر { $scale } رقم پس از ممیز وارد کنید.
wrong-amount = مبلغ را به رقم وارد کنید.
wrong-date = تاریخی وارد کنید، مانند ۱۴۰۵/۰۹/۰۲.
wrong-yes-no = بله یا خیر را برگزینید.
wrong-document = پرونده‌ای برگزینید.
wrong-place = جایی روی نقشه وارد کنید، مانند ۳۹٫۲۹۵، ۴۴٫۴۹۸.
wrong-choice = یکی از پاسخ‌های پیشنهادی را برگزینید.
wrong-text = متنی وارد کنید.
wrong-below = { $min } یا بیشتر وارد کنید.
wrong-above = { $max } یا کمتر وارد کنید.
wrong-too-large = عدد بیش از اندازه بزرگ است.
wrong-too-long = حداکثر { $max } نویسه وارد کنید.

## API

api-token = توکن لازم است
api-token-detail = سرآیند «Authorization: Bearer» را با توکنی معتبر بفرستید. اگر توکن شما کهنه شده، توکن تازه‌ای بخواهید.
api-not-found = چنین چیزی نیست
api-not-found-detail = شاید نشانی درست نوشته نشده یا دیدن آن در اختیار شما نیست. آن را با توصیف API بسنجید.
api-method = این کار در اینجا شدنی نیست
api-method-detail = این نشانی روش‌های دیگری می‌پذیرد؛ سرآیند Allow آن‌ها را نام می‌برد.
api-parameter = پارامتری پذیرفتنی نیست
api-parameter-detail = این پارامتر را درست کنید و درخواست را دوباره بفرستید: { $name }
api-idempotency-key = کلید یکتایی لازم است
api-idempotency-key-detail = سرآیند Idempotency-Key را یک بار، با ۱ تا ۱۲۸ نویسهٔ چاپی ASCII بی‌فاصله و برای هر نوشتن تازه بفرستید. هیچ کاری انجام نشد.
api-content-type = نوع رسانهٔ دیگری لازم است
api-content-type-detail = در اینجا تنها { $taken } پذیرفته می‌شود. هیچ کاری انجام نشد. سرآیند Content-Type را به آن تغییر دهید.
api-body-too-large = بدنهٔ درخواست بیش از اندازه بزرگ است
api-body-too-large-detail = بیش از { $max } مگابایت پذیرفته نمی‌شود. هیچ کاری انجام نشد. کمتر در هر بار بفرستید.
api-broken-off = بدنهٔ درخواست ناتمام ماند
api-broken-off-detail = ارتباط پیش از پایان بدنه قطع شد. هیچ کاری انجام نشد. با همان کلید یکتایی دوباره بفرستید.
api-not-utf-8 = بدنهٔ درخواست UTF-8 نیست
api-not-utf-8-detail = بایت { $byte } از UTF-8 نیست. هیچ کاری انجام نشد. بدنه را به UTF-8 رمز کنید.
api-not-json = بدنهٔ درخواست JSON نیست
api-not-json-detail = هیچ کاری انجام نشد. سطر { $line }، ستون { $column } را ببینید: { $why }
api-too-deep = بدنهٔ درخواست بیش از اندازه تودرتوست
api-too-deep-detail = فهرست‌ها و شیءها تا ۶۴ لایه پذیرفته می‌شوند. هیچ کاری انجام نشد. در سطر { $line }، ستون { $column } از آن می‌گذرد.
api-duplicate-key = کلیدی دو بار آمده است
api-duplicate-key-detail = «{ $key }» در یک شیء دو بار آمده و روشن نیست کدام منظور است. هیچ کاری انجام نشد. سطر { $line }، ستون { $column } را ببینید.
api-shape = بدنهٔ درخواست به شکلی که توصیف شده نیست
api-shape-detail = هیچ کاری انجام نشد. آن را با توصیف API بسنجید: { $why }
api-too-many-requests = درخواست‌ها بیش از اندازه‌اند
api-too-many-requests-detail = هیچ کاری انجام نشد. پس از { $after } ثانیه دوباره بفرستید.
api-document-unknown = نخست مدرک را بفرستید و سپس درست همان پاسخی را که گرفتید بدهید.
api-certificate-pending = گواهی در حال آماده شدن است
api-certificate-pending-detail = لحظه‌ای زمان می‌برد. پس از { $after } ثانیه دوباره بپرسید.

## Shared

colon = :
draft = مستند پیش‌نویس
draft-tag = هنوز فرستاده نشده
back = بازگشت
change = تغییر
choose = برگزینید
older = قدیمی‌ترها
newer = تازه‌ترها
further = پرونده‌های بعدی
reference = شمارهٔ پیگیری
service = خدمت
stage = مرحله
deadline = مهلت
holder = دارنده
holders = در دست
ground = مستند
ground-article = { $act }، مادهٔ { $article }
attribute-of = { $fact }: { $attribute }
attribute-risk = ردهٔ خطر
code-low = کم
code-medium = متوسط
code-high = زیاد
output-route = تصمیم
output-amount = مبلغ
not-given = داده نشده
overdue = مهلت گذشته
optional = (اختیاری)

## A service

service-start = آغاز درخواست
service-is-appeal = اعتراض از صفحهٔ پرونده‌ای آغاز می‌شود که به نتیجهٔ آن معترضید.
service-for = برای چه کسی
service-for-person = اشخاص حقیقی
service-for-company = شرکت‌ها
service-authority = دستگاه مسئول
service-promise = زمان انجام
service-promise-within = حداکثر ظرف { $period } پاسخ می‌گیرید.
service-answer-within = اگر چیزی از شما خواسته شود، { $period } فرصت دارید و زمان خدمت در این مدت نمی‌گذرد.
service-fee = هزینه
service-fee-none = ندارد
service-fee-range = از { $least } تا { $most }
service-fee-by = بر پایهٔ { $path }
service-needs = آنچه لازم دارید
service-needs-lead = همین‌ها از شما پرسیده می‌شود و نه بیشتر.
service-documents = مدارک
service-not-asked = آنچه از شما پرسیده نمی‌شود
service-not-asked-lead = این‌ها در مراجع هست و کسی آن‌ها را از میزی به میز دیگر نمی‌برد.
service-who-you-are = این‌که شما کیستید
service-you-choose = شما برمی‌گزینید: { $fact }
service-read-there = از آنجا خوانده می‌شود:
service-recorded = کارشناس در جریان کار ثبت می‌کند:
lifecycle-title = راه یک پرونده
lifecycle-drawing = نمودار راه یک پرونده
lifecycle-drawing-desc = همین نمودار در زیر به‌صورت فهرست آمده است.
lifecycle-shapes = هر کادر یک مرحله و هر پیکان یک راه است. فهرست زیر همین را به واژه می‌گوید.
lifecycle-list = مراحل به‌صورت فهرست
stage-kind-decide = تصمیم با قواعد
stage-kind-officer = تصمیم با کارشناس
stage-kind-inspect = بازدید
stage-kind-consult = استعلام
stage-kind-applicant = نوبت شما
stage-kind-pay = پرداخت
stage-kind-wait = انتظار
stage-kind-granted = موافقت
stage-kind-refused = رد
stage-kind-closed = پایان
stage-by-table = بر پایهٔ جدول «{ $table }»
stage-by-officers = { $count ->
    [one] یک کارشناس به قید قرعه: { $role }
   *[other] { $count } کارشناس به قید قرعه که باید هم‌رأی باشند: { $role }
}
stage-may-ask = می‌تواند یک بار و در یک فهرست از شما بخواهد
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
way-agree = کسی مخالف نباشد
way-object = کسی مخالف باشد
way-supplied = داده شود
way-paid = پرداخت شود
way-time = زمان بگذرد
way-appeal = اعتراض پذیرفته شود
way-unanswered = به‌موقع پاسخ ندهید
way-overdue = مهلت بگذرد
tables-title = قواعد
tables-lead = همین جدول‌ها تصمیم می‌گیرند؛ برنامه نیز همین‌ها را اجرا می‌کند.
tables-rule = قاعده
tables-ground = مستند
test-any = هرچه باشد
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
hit-rule-order = همهٔ قاعده‌های صادق به ترتیب به شمار می‌آیند.
hit-output-order = همهٔ قاعده‌های صادق به شمار می‌آیند، پاسخ برتر نخست.
hit-collect = همهٔ قاعده‌های صادق به شمار می‌آیند.
hit-collect-sum = مقدارهای همهٔ قاعده‌های صادق جمع می‌شود.
hit-collect-min = کوچک‌ترین مقدار قاعده‌های صادق به شمار می‌آید.
hit-collect-max = بزرگ‌ترین مقدار قاعده‌های صادق به شمار می‌آید.
hit-collect-count = شمار قاعده‌های صادق به شمار می‌آید.
law-title = قانون
law-lead = رد، پرسش و هزینه بر این مستندها تکیه دارد. آنچه «پیش‌نویس» نشان خورده هنوز تأیید نشده است.
definition-title = تعریف خدمت
definition-lead = تعریف منتشرشدهٔ این خدمت با چکیدهٔ آن. هر پرونده تا پایان با تعریفی پیش می‌رود که با آن آغاز شده است.

## Applying

error-tag = خطا:
error-summary = مشکلی هست
question-of = پرسش { $number } از { $of }
question-optional = می‌توانید این را خالی بگذارید.
save-and-continue = ثبت و ادامه
draft-kept = پاسخ‌های شما نگه داشته می‌شود. می‌توانید صفحه را ببندید و از «پرونده‌های من» بازگردید.
nothing-held = در این مرجع چیزی به نام شما نیست. نخست آن را ثبت کنید و سپس بازگردید.
latitude = عرض جغرافیایی
longitude = طول جغرافیایی
file-kept = نگه داشته شد: { $name }
check-title = پاسخ‌هایتان را بازبینی کنید
check-declare = با فرستادن درخواست، درستی گفته‌های خود را اعلام می‌کنید.
submit = فرستادن درخواست
drop-draft = دور انداختن این پیش‌نویس

## Cases

drafts-title = آغازشده و نافرستاده
cases-none = هنوز پرونده‌ای ندارید.
cases-begin = خدمتی برگزینید.
turn-rules = قواعد در حال اجراست.
turn-officers = کارشناس در حال تصمیم‌گیری است.
turn-consult = از دستگاه‌ها استعلام شده است.
turn-answer = نوبت شماست: چیزی از شما خواسته شده است.
turn-applicant = نوبت شماست: چیزی از شما لازم است.
turn-payment = نوبت شماست: هزینه‌ای باید پرداخت شود.
turn-waiting = زمان انتظار در جریان است.
turn-ended = پرونده پایان یافته است.
outcome-granted = موافقت شد
outcome-refused = رد شد
outcome-lapsed = مختومه به سبب گذشت مهلت
outcome-withdrawn = پس گرفته شد
outcome-closed = بسته شد
days-left = { $count ->
    [0] امروز روز آخر است
   *[other] { $shown } روز کاری مانده
}
deadline-left = تا پایان { $day }: { $left }
held-by = در دست: { $officers }
see-certificate = دیدن گواهی
your-turn = نوبت شما
asked-once = این‌ها یک بار و در یک فهرست از شما خواسته شده است:
send-answer = فرستادن پاسخ
pay-now = پرداخت { $amount }
appeal-now = ثبت اعتراض، تا پایان { $day }
what-is-known = دانسته‌ها
history = آنچه گذشته است
history-lead = هر گام بی‌نام شما در دفتر عمومی ثبت است.
log-entry = ثبت { $index } دفتر
withdraw = پس گرفتن درخواست
withdraw-title = درخواست را پس می‌گیرید؟
withdraw-lead = پرونده بی‌درنگ پایان می‌یابد. هر زمان می‌توانید دوباره درخواست دهید.
withdraw-reason = دلیل، اگر مایلید
pay-title = پرداخت
pay-sample = درگاه پرداخت نمونه
pay-sample-lead = این نمایشی است و پولی جابه‌جا نمی‌شود. این دکمه به جای درگاه پرداخت می‌گوید هزینه رسیده است.
pay-sample-button = اعلام پرداخت (نمونه)
pay-elsewhere = با شمارهٔ پیگیری پرونده به خزانه بپردازید. با تأیید خزانه، پرونده ادامه می‌یابد.

## History

event-opened = درخواست ثبت شد
event-entered = رسید به مرحلهٔ: { $stage }
event-due = مهلت: { $day }
event-amount = قابل پرداخت: { $amount }
event-drawn = کارشناس به قید قرعه تعیین شد
event-drawn-who = قرعه: { $officers }؛ از میان: { $among }
event-drawn-from = عدد تصادفی: { $randomness }
event-ruled = جدول «{ $table }» اجرا شد؛ قاعدهٔ { $rows } صدق کرد
event-signed = { $officer } امضا کرد برای: { $route }
event-decided-rule = تصمیم قواعد: { $route }
event-decided-officers = تصمیم: { $route }، توسط { $officers }
event-decided-silence = تصمیم به سکوت: { $route }؛ در مهلت پاسخ ندادند: { $officers }
event-decided-consult = نتیجهٔ استعلام: { $route }
event-asked = { $officer } از متقاضی خواست، تا پایان { $day }
event-supplied = متقاضی پاسخ داد
event-agreed = { $branch }: موافق
event-objected = { $branch }: مخالف
event-agreed-silently = { $branch }: سکوت، به معنای موافقت
event-objected-silently = { $branch }: سکوت، به معنای مخالفت
event-paid = پرداخت شد: { $amount }، رسید { $receipt }
event-lapsed = مهلت { $day } گذشت
event-silent = بی‌پاسخ: { $officers }
event-withdrawn = متقاضی درخواست را پس گرفت
event-corrected = { $officer } خطای نگارشی را اصلاح کرد در: { $fact }
event-issued = گواهی: { $certificate }
event-appealed = اعتراض ثبت شد: { $case }
event-overturned = اعتراض { $case } پذیرفته شد؛ پرونده ادامه می‌یابد
event-revoked = { $officer } گواهی را ابطال کرد

## Certificates

certificate = گواهی
certificate-in-making = گواهی در حال آماده‌سازی است. لحظه‌ای دیگر صفحه را دوباره بار کنید.
certificate-revoked = این گواهی ابطال شده است.
certificate-proven = در دفتر عمومی ثبت است.
certificate-not-yet = امضا شده؛ تا لحظاتی دیگر در دفتر عمومی ثبت می‌شود.
certificate-cose = دریافت گواهی با برهان آن (COSE)
certificate-text = دریافت گواهی به‌صورت متن
claim-holder = دارنده
valid-from = آغاز اعتبار
valid-until = پایان اعتبار
verify-text = متن گواهی
verify-text-hint = آنچه رمزینه می‌گوید؛ با PJ1: آغاز می‌شود
verify-file = یا پروندهٔ گواهی
verify-button = سنجیدن
verdict-valid = گواهی معتبر است
verdict-valid-detail = اصیل، دارای اعتبار و ابطال‌نشده است.
verdict-expired = اعتبار گواهی پایان یافته است
verdict-expired-detail = اصیل است، ولی اعتبارش پایان یافته در:
verdict-not-yet = اعتبار گواهی هنوز آغاز نشده است
verdict-not-yet-detail = اصیل است و آغاز می‌شود در:
verdict-revoked = گواهی ابطال شده است
verdict-revoked-detail = اصیل بوده، ولی دستگاه آن را ابطال کرده است. آن را نپذیرید.
verdict-suspended = گواهی تعلیق شده است
verdict-suspended-detail = اصیل است، ولی فعلاً اعتبار ندارد.
verdict-status-unknown = ابطال‌شدن یا نشدن گواهی روشن نیست
verdict-status-unknown-detail = اصیل است. از دستگاه صادرکننده بپرسید.
verdict-unknown-key = گواهی از آنِ منطقهٔ دیگری است
verdict-unknown-key-detail = این منطقه نمی‌تواند درباره‌اش داوری کند. از منطقه‌ای بپرسید که نام می‌برد:
verdict-bad-signature = گواهی دست‌خورده یا ساختگی است
verdict-bad-signature-detail = امضا از آنِ منطقه‌ای نیست که نام می‌برد. آن را نپذیرید.
verdict-malformed = این گواهی نیست
verdict-malformed-detail = خوانده نمی‌شود. آن را کامل دوباره بخوانید یا رونوشت بگیرید. جای ایراد:
verdict-proven = اثبات‌شده: تصمیمی که آن را صادر کرده در دفتر عمومی ثبت است.
verdict-unproven = امضا شده؛ برهانی از دفتر عمومی همراه ندارد.
verdict-refuted = برهانی که همراه دارد آن را ثابت نمی‌کند. از دستگاه صادرکننده بپرسید.

## The desk

desk-lead = تنها آنچه در انتظار شماست، به ترتیب رسیدن.
desk-empty = چیزی در انتظار شما نیست.
desk-done = انجام و ثبت شد.
desk-silence = اگر در مهلت پاسخی داده نشود: { $consequence }
desk-people = { $count ->
   *[other] { $shown } کارشناس باید هم‌رأی باشند.
}
desk-proposal = پیشنهاد قواعد
desk-decide = تصمیم شما
desk-route = تصمیم
desk-ground = مستند؛ برای رد، مخالفت یا پرسش لازم است
ground-none = بی‌مستند
desk-note = به بیان شما؛ متقاضی آن را می‌خواند
desk-sign = امضا
desk-ask = خواستن از متقاضی
desk-ask-lead = یک بار و در یک فهرست: هر چه کم یا نیازمند اصلاح است نشان بزنید.
desk-ask-note = ایراد آن
desk-ask-send = خواستن
desk-opinion = نظر دستگاه شما
opinion-agree = بدون مخالفت
opinion-object = مخالفت
desk-not-your-turn = این پرونده اکنون در انتظار شما نیست.
queues-lead = پرونده‌ها کجا، از کی و تا کی در انتظارند.
queues-empty = پرونده‌ای در انتظار نیست.
queues-cases = پرونده‌ها
queues-oldest = قدیمی‌ترین از
queues-nearest = نزدیک‌ترین مهلت

## The log

log-lead = هر اقدام در هر پرونده، به ترتیب ثبت. هیچ‌کس نمی‌تواند ثبتی را بی‌آن‌که دیده شود تغییر دهد یا بردارد.
log-size = شمار ثبت‌ها
log-root = ریشه
log-signed = امضا
log-key = کلید سنجش امضا
log-check = خودتان آن را بسنجید، با این برنامه یا هر برنامهٔ دیگری که C2SP tlog-tiles را می‌شناسد:
log-checkpoint = چکیدهٔ امضاشده (checkpoint)
log-empty = هنوز چیزی ثبت نشده است.
log-index = ثبت
log-kind = نوع
log-time = زمان
log-case = پرونده (نام مستعار)
log-sequence = جایگاه در پرونده
log-previous = ثبت پیشین همین پرونده
log-first = ندارد: آغاز پرونده است
log-hash = چکیدهٔ برگ
log-public = آنچه همگانی است
log-nothing-public = هیچ.
log-commitments = آنچه تعهد شده و نشان داده نمی‌شود
log-commitments-lead = چکیده‌های نمک‌دار: دارندهٔ داده می‌تواند ثابت کند و کسی نمی‌تواند حدس بزند.
log-proof = دریافت برهان ثبت
kind-opened = ثبت درخواست
kind-entered = رسیدن به مرحله
kind-drawn = قرعهٔ کارشناس
kind-ruled = اجرای قواعد
kind-signed = امضای یکی از چند نفر
kind-decided = تصمیم
kind-asked = خواستن از متقاضی
kind-supplied = پاسخ متقاضی
kind-consulted = پاسخ دستگاه
kind-paid = پرداخت
kind-lapsed = گذشت مهلت
kind-withdrawn = پس گرفتن
kind-corrected = اصلاح خطای نگارشی
kind-ended = پایان
kind-appealed = ثبت اعتراض
kind-overturned = نقض تصمیم
kind-revoked = ابطال گواهی
