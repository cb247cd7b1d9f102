### The page "this was not me", to which letters lead. In words that fit everybody: see join.ftl.

console-notice-title = هل حدث هذا بغير علمك؟
console-notice-lead = إن حدث ما ورد في الرسالة بغير علمك، يُرجى إيقاف مفتاح المرور هذا الآن.
console-notice-what = لن يصلح بعد ذلك للدخول، وسيُغلق كل ما هو مفتوح به، وسيتم إبلاغ المسؤولين. لا يمكن التراجع عن هذا.
console-notice-confirm = لم أفعل هذا: إيقاف المفتاح
console-notice-mine = إن كان ذلك بعلمك، فلا شيء يلزم فعله. يمكنك إغلاق هذه الصفحة.
console-notice-already = مفتاح المرور هذا موقوف من قبل.
console-suspended-title = تم الإيقاف
console-suspended-lead = لم يعد مفتاح المرور صالحًا للدخول، وأُغلق كل ما كان مفتوحًا به.
console-suspended-next = تم إبلاغ المسؤولين. يُرجى التحدث معهم أو مع مُرسِل الدعوة، وجهًا لوجه أو على رقم موجود لديك.
console-passkey-unnamed = مفتاح مرور
console-passkey-synced = متزامن بين الأجهزة
console-passkey-bound = يبقى على جهاز واحد
console-passkey-added = أُضيف
console-passkey-used = آخر استخدام
console-passkey-never-used = لم يُستخدم للدخول قط
console-passkey-attested = تضمنه الشركة المصنّعة
