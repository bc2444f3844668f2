zone = اعلام وصول درخواست پروانه محیط‌زیستی
    .summary = یک شهرداری چگونه وصول درخواست پروانه محیط‌زیستی را تأیید می‌کند. نمونه‌ای برای بازخوانی پرونده‌های گذشته؛ مهلت‌ها نمونه است.

authority-municipality = شهرداری

portal-environmental-permits = پروانه‌های محیط‌زیستی

role-checker = کارشناس بررسی اعلام وصول
role-determiner = کارشناس تأیید اعلام وصول
role-sender = کارشناس چاپ و ارسال
role-adviser = کارشناس تشخیص نیاز به نظر مشورتی
role-warden = کارشناس تشخیص نیاز به توقف رسیدگی

register-people = دفتر ثبت اشخاص

concept-person-id = شناسه شخص
concept-application-channel = راه ارسال درخواست
