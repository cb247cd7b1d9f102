### التاريخ والوقت.
### Western digits, as on the screens of phones; the months as from Egypt to the Gulf, and a clock of twelve hours.

moment-month =
    { $month ->
        [1] يناير
        [2] فبراير
        [3] مارس
        [4] أبريل
        [5] مايو
        [6] يونيو
        [7] يوليو
        [8] أغسطس
        [9] سبتمبر
        [10] أكتوبر
        [11] نوفمبر
       *[12] ديسمبر
    }
moment-weekday =
    { $weekday ->
        [1] الاثنين
        [2] الثلاثاء
        [3] الأربعاء
        [4] الخميس
        [5] الجمعة
        [6] السبت
       *[7] الأحد
    }
# The word for the half of the day stands beside the digits, and not in { } by itself: with nothing but isolated parts
# the whole would run from left to right.
moment-time =
    { $half ->
        [am] { $clock } صباحًا
       *[pm] { $clock } مساءً
    }
