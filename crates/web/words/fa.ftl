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
