### Dates and times, in pages and letters. The code gives the numbers, a language the words and their order.

moment-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
moment-weekday =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
# $clock is 17:05, or 5:05 in languages whose clock has twelve hours; for those, $half is am or pm.
moment-time = { $clock }
