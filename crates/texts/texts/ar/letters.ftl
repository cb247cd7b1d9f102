### Arabic, in words that fit everybody: see join.ftl. What stands in { } is isolated by the code.

## In every letter
letter-greeting = مرحبًا { $name }،
letter-moment = { $day } { moment-month } { $year }، { $time } ({ $zone })
letter-link = { $words }:
letter-somebody = شخص من مؤسستك
letter-never = لن يطلب منك أحد رمزًا أبدًا، لا بالبريد ولا برسالة ولا بالهاتف. وإن طلب أحد ذلك فلسنا نحن، وليكن الجواب: لا.
letter-automatic = هذه الرسالة أرسلها حاسوب، ولا أحد يقرأ الردود عليها.
letter-when = وقت الحدوث: { $date }.
letter-not-me = هل حدث هذا بغير علمك؟ يُرجى فتح هذه الصفحة وقول ذلك فيها. سيوقَف مفتاح المرور فورًا، أما مجرد فتح الصفحة فلا يغيّر شيئًا.
letter-not-me-action = لم أفعل هذا

## The invitation
letter-invitation-subject = { $sponsor } بانتظارك
letter-invitation-subject-somebody = نحن بانتظارك
letter-invitation-lead = هذه دعوة من { $sponsor } لإنشاء مفتاح المرور الخاص بك: مفتاح يُحفظ في هاتفك أو حاسوبك، ويُفتح بوجهك أو بصمة إصبعك أو قفل الشاشة. ما من كلمة مرور يجب تذكّرها.
letter-invitation-action = البدء من هنا
letter-invitation-steps = ما الذي سيحدث: فتح الصفحة والضغط على «بدء»، ثم لقاء مع { $sponsor } أو مكالمة للتأكد من أنه أنت، ثم إنشاء مفتاح المرور على هاتفك أو حاسوبك. يستغرق ذلك دقيقتين تقريبًا.
letter-invitation-ends = الرابط صالح حتى { $date }. فتحه لا يغيّر شيئًا، ويمكنك فتحه كلما أردت.
letter-invitation-unexpected = ألم يكن هذا متوقعًا؟ يُرجى فتح الصفحة واختيار «لم أكن أتوقع هذا»، أو حذف هذه الرسالة. لا شيء يحدث من تلقاء نفسه.

## Somebody is waiting
letter-waiting-subject = { $about } بانتظارك
letter-waiting-lead = بدأ إنشاء مفتاح مرور باسم { $about }، ويلزم التأكد بنفسك من أن الشخص هو المقصود حقًا.
letter-waiting-care = يُرجى اللقاء وجهًا لوجه، أو الاتصال برقم كان لديك من قبل. وإذا وردتك مكالمة يُقرأ عليك فيها رمز، يُرجى الرفض.
letter-waiting-action = معرفة من ينتظر

## A second browser has begun
letter-contested-subject = بدأ متصفح ثانٍ برابطك
letter-contested-lead = استُخدم رابطك للبدء في متصفح ثانٍ. ربما لم يكن أحد المتصفحين لك.
letter-contested-what = إن كان كلاهما لك، يمكن المتابعة في أحدهما وإغلاق الآخر، وقد يصلك رابط جديد. وإلا فيُرجى إبلاغ مُرسِل الدعوة بالهاتف أو وجهًا لوجه.
letter-contested-other-subject = بدأ متصفحان باسم { $about }
letter-contested-other-lead = بدأ متصفحان باسم { $about }، وربما كان أحدهما لشخص آخر.
letter-contested-other-what = يُرجى التحدث مع هذا الشخص قبل الموافقة على أي شيء. إعادة إرسال الدعوة تغلق المتصفحين وتبدأ من الصفر.

## After wrong codes
letter-wrong-codes-subject = يُرجى البدء من جديد
letter-wrong-codes-lead = كُتبت لك أرقام خاطئة أكثر مما ينبغي، ولذلك أُغلق كل ما كان مفتوحًا. لم يضِع شيء.
letter-wrong-codes-what = يُرجى فتح الرابط الموجود في دعوتك والضغط على «بدء» من جديد. وإن كان ذلك بغير علمك، يُرجى إبلاغ مُرسِل الدعوة.

## A passkey was added
letter-bound-subject = مفتاح المرور الجديد
letter-bound-lead = أُضيف مفتاح مرور إلى حسابك.
letter-bound-second = إن كان هو الوحيد لديك، يُرجى إضافة مفتاح آخر على جهاز ثانٍ، كيلا يمنعك ضياع أحدهما من الدخول.
letter-bound-action = عرض مفاتيح المرور

## A passkey was removed
letter-removed-subject = أُزيل مفتاح مرور
letter-removed-lead = أُزيل مفتاح مرور من حسابك. لم يعد يفتح شيئًا.
letter-removed-action = عرض مفاتيح المرور

## You approved somebody
letter-vouched-subject = تمت موافقتك على { $about }
letter-vouched-lead = وقّع مفتاح المرور الخاص بك أنك رأيت { $about } وأن الشخص هو المقصود حقًا.
letter-vouched-what = إن كان ذلك بغير علمك، يُرجى إبلاغ فريق الإدارة فورًا، بالهاتف أو وجهًا لوجه.

## What is known of somebody changed
letter-record-changed-subject = تغيّرت بياناتك لدينا
letter-record-changed-lead = تغيّر اسمك أو عنوانك أو الشخص الذي يتولى أمرك. رسائل مفاتيح مرورك تصل إلى العنوان المسجّل الآن، والدعوات التي وصلتك من قبل لم تعد صالحة.
letter-record-changed-what = إن كان ذلك مفاجئًا لك، يُرجى الاتصال بجهة عملك على رقم كان لديك من قبل.
letter-record-changed-other-subject = تغيّرت بيانات { $about }
letter-record-changed-other-lead = تغيّر اسم { $about } أو العنوان أو جهة الاتصال. وإن كان قد بدأ إنشاء مفتاح مرور فقد أُغلق.
letter-record-changed-other-what = إن كان ذلك مفاجئًا لك، يُرجى إبلاغ فريق الإدارة.

## Somebody was not recognised
letter-refused-subject = تم رفض { $about }
letter-refused-lead = الشخص الذي كانت موافقته مطلوبة لم يتعرّف على { $about }. أُغلق كل ما كان مفتوحًا.
letter-refused-action = النظر في الأمر

## Somebody did not expect their invitation
letter-unexpected-subject = دعوة غير متوقعة: { $about }
letter-unexpected-lead = أفاد من فتح الدعوة الموجهة إلى { $about } بأنها لم تكن متوقعة.
letter-unexpected-what = ربما وصلت إلى شخص آخر. يُرجى سؤال { $about } على رقم كان لديك من قبل. وإن كان العنوان خاطئًا، يُرجى سحب الدعوة.

## Somebody stopped a passkey
letter-stopped-subject = أُوقف مفتاح المرور الخاص بك
letter-stopped-lead = أُوقف أحد مفاتيح المرور الخاصة بك من وحدة التحكم. لم يعد يفتح شيئًا، وأُغلق كل ما كان مفتوحًا به.
letter-stopped-what = إن لم يكن ذلك بطلب منك، أو كان السبب غير معروف لك، يُرجى الاتصال بالجهة المسؤولة عن مفاتيح المرور على رقم كان لديك من قبل.
letter-stopped-other-subject = أُوقف مفتاح مرور: { $about }
letter-stopped-other-lead = أُوقف من وحدة التحكم مفتاح مرور باسم { $about }. في صفحة هذا الشخص ما يبيّن من فعل ذلك.

## Somebody said that it was not them
letter-suspended-subject = أُوقف مفتاح مرور: { $about }
letter-suspended-lead = من خلال الرابط في رسالة إلى { $about } قال شخص ما: «لم أفعل هذا». أُوقف مفتاح المرور وكل ما فُتح به.
letter-suspended-action = النظر في الأمر

## A key for a program was registered
letter-machine-key-subject = مفتاح لبرنامج
letter-machine-key-lead = وُقّع بمفتاح مرورك على مفتاح يتيح لبرنامج العمل باسمك.
letter-machine-key-what = إن لم يكن هذا منك، فيُرجى الإبلاغ: يُوقف مفتاح مرورك ومعه مفتاح البرنامج. ثم يُرجى إبلاغ إدارة النظام هاتفيًا أو وجهًا لوجه.
letter-machine-key-action = عرض مفاتيح البرامج
