### Modern Standard Arabic, addressed to one person whose gender nobody knows: verbal nouns in place of imperatives
### (الضغط, يُرجى فتح), "you" only as a suffix that is written alike for everybody (هاتفك), and nothing that agrees with
### a reader or with { $name }. Large products do the same on buttons.
### "مفتاح مرور" is the word of Apple, Google and Microsoft in Arabic.
### Digits are Western ones (0 to 9): whoever types the six digits sees the same ones on their keyboard.
### What stands in { } is isolated by the code, so that names and times keep their own direction.

## The first page
join-title = { $name } بانتظارك
join-title-somebody = نحن بانتظارك
join-somebody = أحد أفراد فريقك
join-title-again = إضافة مفتاح مرور آخر
join-lead = يلزمك مفتاح مرور لدى { $name }. يُحفظ المفتاح في هاتفك أو حاسوبك، ويُفتح بوجهك أو بصمة إصبعك أو قفل الشاشة. ما من كلمة مرور يجب تذكّرها.
join-lead-again = ستتم إضافة مفتاح مرور آخر لك لدى { $name }، على هذا الجهاز أو على غيره.
join-time = يستغرق ذلك دقيقتين تقريبًا.
join-moment = { moment-weekday }، { $day } { moment-month }، { $time }
join-until = هذا الرابط صالح حتى { $date }.
join-steps-heading = ما الذي سيحدث
join-step-begin = الضغط على «بدء» في المتصفح الذي سيبقى قيد استخدامك اليوم.
join-step-meet = عرض ستة أرقام على { $name }، وجهًا لوجه أو في مكالمة تصل إليك.
join-step-terminal = قراءة ستة أرقام من هذه الصفحة لمن يجلس أمام الوحدة الطرفية للخادم.
join-step-own = التأكيد بمفتاح المرور الموجود لديك.
join-step-make = إنشاء مفتاح المرور على هاتفك أو حاسوبك، ثم تجربته مرة واحدة.
join-never-heading = { $name } فقط
join-never = لا أحد غير ذلك يحتاج إلى أرقامك، ولن يطلب منك أحد رمزًا أو كلمة مرور بالبريد أو برسالة أو في مكالمة غير متوقعة. وإن طلب أحد ذلك، فليكن الجواب: لا.
join-begin = بدء
join-beginning = جارٍ البدء…
join-checking = نتأكد فقط من أن هذا المتصفح مناسب
join-noscript = تحتاج هذه الصفحة إلى JavaScript. يُرجى تفعيله لهذه الصفحة، أو فتح الرابط في متصفح آخر.
join-unexpected = لم أكن أتوقع هذا
join-unexpected-heading = ألم يكن هذا متوقعًا؟
join-unexpected-body = لا داعي إذًا لفعل شيء، فلم يحدث أي شيء. يكفي إبلاغنا، وسيتم النظر في الأمر.
join-unexpected-send = إبلاغ
join-unexpected-keep = رجوع
join-unexpected-done-heading = شكرًا لك
join-unexpected-done = وصل البلاغ. يمكنك إغلاق هذه الصفحة، فلا شيء آخر يلزم فعله.
join-languages = اللغة

## A link that is not active
join-inactive-title = لم يعد هذا الرابط صالحًا
join-inactive-lead = هذا يحدث: ربما كان قديمًا أو مستخدمًا أو حلّ محله رابط أحدث. لا توجد مشكلة لديك ولا في جهازك.
join-inactive-newer = يُرجى البحث عن رسالة أحدث من المُرسِل نفسه، واستخدام الرابط الموجود فيها.
join-inactive-ask = إن لم توجد رسالة أحدث، يُرجى طلب إرسال الدعوة من جديد من مُرسِلها. لن يستغرق ذلك سوى لحظات.

## A link that opens later
join-later-title = الوقت مبكر قليلًا
join-later-lead = سيُفتح هذا الرابط يوم { $date }. يُرجى الاحتفاظ بالرسالة، ولا شيء يلزم فعله قبل ذلك.

## This browser cannot do it
join-browser-heading = لنجرّب متصفحًا آخر
join-browser-lead = المتصفح الذي فُتح فيه هذا الرابط لا يستطيع إنشاء مفتاح مرور. كثيرًا ما تُفتح الروابط في متصفح كهذا من داخل تطبيقات البريد أو المحادثة. لم يحدث أي شيء بعد.
join-browser-insecure = هذا العنوان غير محمي. يُرجى فتح الرابط كما ورد في رسالتك تمامًا.
join-browser-passkeys = هذا المتصفح لا يعرف مفاتيح المرور.
join-browser-keep = هذا المتصفح لا يستطيع حفظ مفتاح. هذا حال النوافذ الخاصة ووضع التأمين والمتصفحات داخل التطبيقات الأخرى في كثير من الأحيان.
join-browser-device = هذا الجهاز لا يستطيع وحده إنشاء مفتاح مرور.
join-browser-what = ما الذي يمكن فعله
join-browser-open = نسخ الرابط ولصقه في Safari أو Chrome أو Edge أو Firefox.
join-browser-scan = أو مسح هذه الصورة بكاميرا هاتفك.
join-browser-key = لديّ مفتاح أمان
join-browser-again = التحقق من جديد
join-qr-label = رمز QR يحمل رابط هذه الصفحة. يمكن نسخ الرابط نفسه في الأسفل.
join-copy = نسخ الرابط
join-copied = تم النسخ. يمكن الآن لصقه في شريط العنوان في المتصفح الآخر.
join-copy-failed = يُرجى تحديد الرابط ونسخه.
join-link-label = الرابط

## Somebody is signed in
join-signed-in-heading = يوجد حساب مفتوح هنا
join-signed-in-lead = في هذا المتصفح حساب مفتوح لشخص يتولى أمور القادمين الجدد. لكيلا يختلط الأمران، يُرجى فتح الرابط في نافذة خاصة أو على جهازك أنت.

## The numbers
join-progress = خطواتك
join-step-now = الآن
join-step-done = تمّت
join-step-next = لاحقًا
join-kind-match = عرض أرقامك الستة على { $name }
join-kind-second-match = عرض أرقامك الستة على شخص ثانٍ
join-kind-handover = أخذ الرابط من شاشة { $name }
join-kind-terminal = قراءة أرقامك الستة للوحدة الطرفية
join-kind-own-authenticator = التأكيد بمفتاح المرور الموجود لديك
join-kind-make = إنشاء مفتاح المرور
join-kind-confirm = تجربته مرة واحدة
join-match-heading = أرقام تُعرض على { $name }
join-match-lead = تم إبلاغ { $name } بأنك هنا. سيكون اللقاء وجهًا لوجه أو بمكالمة تصل إليك.
join-match-second-heading = شخص آخر أيضًا، من فضلك
join-match-second-lead = حسابك مهم، ولذلك يجب أن يراك شخص ثانٍ أيضًا. تم إبلاغه.
join-match-terminal-heading = تُكتب هذه الأرقام في الوحدة الطرفية
join-match-terminal-lead = الوحدة الطرفية التي أنشأت رابطك تطلبها.
join-match-own-heading = تُكتب هذه الأرقام في الصفحة التي جئت منها
join-match-own-lead = يُرجى الرجوع إلى الصفحة التي طلبت فيها مفتاح مرور آخر. ستطلب هذه الأرقام، ثم مفتاح المرور الموجود لديك.
join-match-handover-heading = الرابط على شاشة { $name }
join-match-handover-lead = هناك صفحة مفتوحة لك وعليها نقش مربّع. يُرجى مسحه بهذا الجهاز، أو فتح الرابط الذي يصلك في هذا المتصفح نفسه. عندها تظهر هنا أرقام.
join-match-handover-cannot = يتعذّر المسح أو الفتح
join-match-handover-second = في هذه الحالة يُرجى إظهار هذه الأرقام. وسيلزم أن يؤكّد شخص ثانٍ هويتك أيضًا.
join-match-handed-over-lead = انتقلت الصفحة من الشاشة إلى هنا. بقي إدخال هذه الأرقام على الطرف الآخر، ثم تنتهي هذه الخطوة.
join-match-by-sight = ألم يسبق بينكما لقاء؟ ستظهر لك أولًا صفحة عليها نقش مربّع. يُرجى مسحه بهذا الجهاز.
join-code-label = أرقامك الستة
join-code-changes = أرقام جديدة عند الساعة { $time }.
join-code-soon = ستتغير الأرقام بعد دقيقة واحدة.
join-code-new = هذه أرقام جديدة:
join-match-beware-heading = في هذا الاتجاه فقط
join-match-beware = الأرقام تُعرض من جهازك أنت، ولا أحد يعطيك أرقامًا. إذا وردتك مكالمة غير متوقعة تُطلب فيها هذه الأرقام أو تُقال لك، فليكن الجواب «لا»، ثم إنهاء المكالمة.
join-match-waiting = ستنتقل هذه الصفحة من تلقاء نفسها
join-move = المتابعة على جهاز آخر

join-blocked-heading = يجب أن ينظر شخص في الأمر أولًا
join-blocked-lead = لا يمكن لدعوتك أن تتقدم وحدها في الوقت الحالي. لا ذنب لك في ذلك. يُرجى إبلاغ { $name }، فما ينقص ظاهر هناك.

## The page from somebody's screen
join-handover-title = لحظة من فضلك
join-handover-working = تتحقق هذه الصفحة من البدء في هذا المتصفح.
join-handover-elsewhere-heading = ليس في هذا المتصفح
join-handover-elsewhere-lead = لم يحدث شيء. هذه الصفحة تخص المتصفح الذي ضُغط فيه زر «بدء»، وليس هذا هو.
join-handover-elsewhere-begin = ألم تكن البداية بعد؟ يُرجى فتح دعوتك على هذا الجهاز، ثم الضغط على «بدء» والمسح من جديد.
join-handover-elsewhere-browser = هل كانت البداية في متصفح آخر؟ يُرجى فتح الصفحة هناك: المسح بذلك الجهاز، أو نسخ الرابط أدناه إلى شريط العنوان في ذلك المتصفح.
join-handover-elsewhere-second = لا ينجح ذلك؟ يمكن لشخص ثانٍ تأكيد هويتك. يُرجى إبلاغ من عرض عليك هذه الصفحة.
join-handover-beware-heading = هل ظهرت لك أرقام في صفحة أخرى؟
join-handover-beware = إذا ضُغط زر «بدء» وظهرت لك أرقام في صفحة، بينما تقول هذه الصفحة إن البداية لم تكن هنا، فربما لم تكن تلك الصفحة لنا. يُرجى إبلاغ من معك فورًا، قبل إدخال أي شيء.
join-handover-over-heading = على الشاشة الآن نقش آخر
join-handover-over-lead = يتغيّر كل دقيقة ويصلح مرة واحدة. يُرجى مسح النقش الظاهر على الشاشة الآن.
join-handover-withdrawn-heading = لم يعد هذا معروضًا
join-handover-withdrawn-lead = من عرض عليك هذه الصفحة لم يعد مسجّل الدخول، أو لا يمكنه تأكيد هويتك. يُرجى طلب النظر في الصفحة لديه.
join-handover-contested-do = يُرجى طلب إرسال الدعوة من جديد. سيبدأ كل شيء من أوله، ولن يصلح إلا الرابط الجديد.

## More than one browser
join-contested-heading = فُتحت دعوتك في متصفحين
join-contested-lead = إن كان كلاهما لك، فلا بأس. وإن لم يكن أحدهما لك، فحسنًا أنك توقفت هنا. وفي كلتا الحالتين لا يمكن لأحد المتابعة قبل توضيح الأمر.
join-contested-do = يُرجى التوجّه إلى { $name } بطلب إرسال الدعوة من جديد. سيبدأ كل شيء من أوله، ولن يصلح إلا الرابط الجديد.
join-contested-again = إذا ظهرت هذه الصفحة بعد ذلك من جديد، فربما كان شخص آخر يقرأ رسائلك. يُرجى إبلاغ { $name } بالهاتف أو وجهًا لوجه، وإعطاء عنوان آخر للرابط.

## Another device
join-move-heading = المتابعة على جهاز آخر
join-move-lead = يُرجى مسح هذه الصورة بالجهاز الآخر، أو فتح الرابط عليه. يصلح الرابط مرة واحدة، وتتوقف هذه الصفحة عندما يبدأ الجهاز الآخر.
join-move-label = رمز QR يحمل رابطًا للجهاز الآخر. يمكن نسخ الرابط نفسه في الأسفل.
join-move-back = البقاء على هذا الجهاز

## Making the passkey
join-make-heading = حان الآن إنشاء مفتاح المرور
join-make-lead = بعد الضغط على الزر سيطلب جهازك وجهك أو بصمة إصبعك أو قفل الشاشة، كما يحدث عند فتح قفله. لا يغادر شيء من ذلك جهازك.
join-make-button = إنشاء مفتاح المرور
join-make-wait = لحظة واحدة…
join-make-working = جهازك يسألك…
join-confirm-heading = تجربة واحدة
join-confirm-lead = تم إنشاء مفتاح المرور. يُرجى استخدامه مرة واحدة، لنعرف معًا أنه يعمل.
join-confirm-exists = يوجد لك مفتاح مرور على هذا الجهاز. يُرجى استخدامه مرة واحدة، لنعرف معًا أنه يعمل.
join-confirm-button = استخدام مفتاح المرور
join-cancelled = لم يُنشأ شيء. يحدث هذا عند إغلاق السؤال أو عندما يطول الوقت. يمكنك المحاولة من جديد متى شئت.
join-cancelled-confirm = لم يُستخدم المفتاح. يحدث هذا عند إغلاق السؤال أو عندما يطول الوقت. يمكنك المحاولة من جديد متى شئت.
join-exists = يوجد لك مفتاح مرور على هذا الجهاز، وهو يعمل. يلزم لهذا المفتاح جهاز آخر أو مفتاح أمان.
join-refused-model = هذا النوع من مفاتيح المرور غير مقبول هنا. يُرجى المحاولة بجهاز آخر أو بمفتاح أمان آخر.
join-refused-copyable = يمكن نسخ مفتاح المرور هذا إلى أجهزة أخرى. تطلب مؤسستك مفتاحًا يبقى على جهازه: يُرجى المحاولة بمفتاح أمان، أو بجهاز يحتفظ بمفاتيح المرور لنفسه.
join-refused-unattested = تطلب مؤسستك مفتاح أمان تضمنه الشركة المصنّعة. يُرجى المحاولة بمفتاح كهذا. وإذا سأل المتصفح عن إظهار علامته وطرازه، يُرجى السماح بذلك.
join-refused-reported = هناك تحذير يخص هذه العلامة من مفاتيح الأمان أو الأجهزة: لم تعد آمنة بما يكفي. يُرجى المحاولة بغيرها.
join-dropped = تغيّرت قواعد مؤسستك بعد إنشاء مفتاح مرورك، ولم يعد استخدامه ممكنًا. لا خطأ من جانبك. يُرجى إنشاء مفتاح آخر.
join-failed-ceremony = لم ينجح ذلك. يُرجى المحاولة من جديد.
join-pass-over = استغرق ذلك وقتًا أطول قليلًا مما ينبغي. يُرجى الضغط على الزر من جديد.
join-confirm-moved = تغيّر شيء في هذه الأثناء. يُرجى الضغط على الزر مرة أخرى.

## Done
join-done-heading = أهلًا وسهلًا
join-done-lead = مفتاح المرور يعمل، وانتهى كل شيء. من الآن فصاعدًا هو ما يُدخلك: لا كلمات مرور ولا رموز.
join-receipt-heading = إيصالك
join-receipt-lead = يُثبت متى وكيف حصلت على مفتاح المرور هذا، ومن أكّد أنه أنت. يمكنك الاحتفاظ به إن أردت، وليس فيه أي سر.
join-receipt-button = حفظ الإيصال
join-receipt-wait = تجري كتابة إيصالك
join-receipt-failed = لا يمكن قراءة الإيصال الآن. يُرجى المحاولة بعد دقيقة.
join-second-heading = مفتاح آخر، ليوم يضيع فيه هذا
join-second-lead = بوجود مفتاح مرور ثانٍ على جهاز آخر لن يكلفك ضياع الهاتف شيئًا. يمكنك إضافته الآن أو لاحقًا: بعد تسجيل الدخول، من خلال «Add a passkey» (إضافة مفتاح مرور).
join-second-button = إضافة مفتاح مرور ثانٍ
join-employer-heading = ما الذي تراه جهة عملي؟
join-employer-sees = أن لديك مفتاح مرور، ومتى أُنشئ، وعلى أي نوع من الأجهزة يوجد، ومتى يُستخدم لتسجيل الدخول هنا.
join-employer-not = لا وجهك ولا بصمة إصبعك ولا قفل شاشتك: كل ذلك لا يغادر الجهاز أبدًا. ولا صورك ولا رسائلك ولا مفاتيح المرور الأخرى ولا أي شيء آخر عليه. ولا يُثبَّت أي شيء.
join-lost-heading = وماذا إن ضاع مني؟
join-lost-second = إن كان لديك مفتاح مرور ثانٍ، يمكن استخدامه، ثم إزالة المفتاح الضائع من صفحتك الخاصة.
join-lost-tell = وإن كان هو الوحيد، يُرجى إبلاغ { $name } أو الدعم الفني. الرابط الجديد وحده لا يعطيك مفتاحًا آخر، ولذلك قد يستغرق الأمر بعض الوقت. مفتاح مرور ثانٍ، يُنشأ اليوم، يوفّر عليك ذلك.

## When it ends otherwise
join-ended-heading = لم يكتمل الأمر
join-ended-done-heading = انتهى دور هذه الصفحة
join-ended-wrong-codes = كُتبت أرقام خاطئة ثلاث مرات، فتوقفنا من باب الأمان. لا توجد مشكلة في جهازك.
join-ended-failed-ceremonies = لم تُقبل إجابة جهازك خمس مرات. ربما ينجح الأمر بجهاز آخر أو بمفتاح أمان.
join-ended-expired = بقي هذا مفتوحًا وقتًا طويلًا وانتهى من تلقاء نفسه.
join-ended-moved = تمت المتابعة على جهاز آخر. يمكنك إغلاق هذه الصفحة.
join-ended-reinvited = أُرسلت دعوة جديدة. يُرجى البحث عن أحدث رسالة واستخدام الرابط الموجود فيها.
join-ended-refused = الشخص الذي نظر في الأمر لم يكن واثقًا من أنه أنت. قد يحدث ذلك، ولا لوم على أحد.
join-ended-voided = تغيّر شيء في بياناتك، ولذلك نبدأ من جديد من باب الأمان.
join-ended-withdrawn = سُحبت الدعوة. إن كان ذلك مفاجئًا لك، يُرجى سؤال مُرسِل الدعوة.
join-ended-left = بحسب بياناتك انتهى عملك هنا. إن كان ذلك خطأ، يُرجى سؤال مُرسِل الدعوة.
join-ended-restored = أُعيدت الخدمة إلى حالة سابقة، وأُغلق ما كان مفتوحًا.
join-ended-elsewhere = اكتمل الأمر في متصفح آخر أو على جهاز آخر. يمكنك إغلاق هذه الصفحة.
join-lost-title = لنبدأ هذه الخطوة من جديد
join-ended-lost = لم نعثر على موضعك في هذا المتصفح. يحدث هذا عند مسح ذاكرته. لم تضِع إلا هذه الخطوة: يمكن بدؤها من جديد.
join-ended-ask = يُرجى التوجّه إلى { $name } بطلب إرسال الدعوة من جديد.
join-ended-again = البدء من جديد

## Trouble on the way
join-offline = يبدو أن الاتصال بالإنترنت مقطوع. ستتابع هذه الصفحة فور عودته.
join-retrying = تعذّر الوصول إلى الخدمة. تجري المحاولة من جديد…
join-back = عاد الاتصال.
join-trouble-heading = حدث خطأ ما
join-trouble-lead = لا ذنب لك في ذلك. يُرجى المحاولة من جديد، وإن استمر الأمر، إبلاغ مُرسِل الدعوة.
join-trouble-again = المحاولة من جديد
