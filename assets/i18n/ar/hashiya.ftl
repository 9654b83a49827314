# كلمات الواجهة. لكل معرّف هنا مثيله في الملف الإنجليزي.

## البرنامج
program-name = حاشية
program-latin = Hashiya
program-arabic = حاشية
window-title = { $project } – حاشية
version = الإصدار { $version }

## القوائم
menu-all = القائمة
menu-file = ملف
menu-edit = تحرير
menu-view = عرض
menu-annotate = ترميز
menu-find = بحث
menu-project = المشروع
menu-help = مساعدة

## الأوامر: العنوان ثم جملة تشرحه
cmd-open-articles = فتح مقالات
cmd-open-articles-help = يضيف ملفات نصية أو ملفات JSON Lines إلى المشروع.
cmd-paste-article = لصق مقالة
cmd-paste-article-help = ينشئ مقالة من نص منسوخ.
cmd-new-project = مشروع جديد
cmd-new-project-help = ينشئ مجلدًا للمقالات ولكل ما يُرمَّز فيها.
cmd-open-project = فتح مشروع
cmd-open-project-help = يفتح مجلدًا ينتهي اسمه بـ { "\u200E" }.hashiya{ "\u200E" }.
cmd-demo-project = مشروع تجريبي
cmd-demo-project-help = يفتح مقالات قصيرة لتجربة كل شيء.
cmd-save-copy = حفظ نسخة
cmd-save-copy-help = يكتب المشروع كله في مجلد آخر، مع ما لم يُحفظ بعد.
cmd-close-project = إغلاق المشروع
cmd-close-project-help = يعود إلى الشاشة الأولى، وكل شيء محفوظ.
cmd-quit = خروج
cmd-quit-help = يغلق النافذة، وكل شيء محفوظ.
cmd-undo = تراجع
cmd-undo-help = يلغي آخر تغيير، حتى بعد إعادة الفتح.
cmd-redo = إعادة
cmd-redo-help = يعيد التغيير الذي أُلغي.
cmd-delete = حذف
cmd-delete-help = يحذف العنصر المحدد.
cmd-note = ملاحظة
cmd-note-help = يكتب ملاحظة على العنصر المحدد أو على المقالة.
cmd-flag = تأشير للفريق
cmd-flag-help = يؤشر المقالة ليجدها الآخرون، أو يزيل المؤشر.
cmd-catalogue = قائمة المقالات
cmd-catalogue-help = يظهر قائمة المقالات أو يخفيها.
cmd-inspector = التفاصيل
cmd-inspector-help = يظهر تفاصيل العنصر المحدد أو يخفيها.
cmd-next-pane = اللوحة التالية
cmd-next-pane-help = ينقل لوحة المفاتيح إلى الجزء التالي من النافذة.
cmd-previous-pane = اللوحة السابقة
cmd-previous-pane-help = ينقل لوحة المفاتيح إلى الجزء السابق من النافذة.
cmd-zoom-in = تكبير النص
cmd-zoom-in-help = يكبّر حروف المقالة.
cmd-zoom-out = تصغير النص
cmd-zoom-out-help = يصغّر حروف المقالة.
cmd-zoom-reset = الحجم المعتاد للنص
cmd-zoom-reset-help = يعيد حروف المقالة إلى حجمها المعتاد.
cmd-interface-zoom-in = تكبير الواجهة
cmd-interface-zoom-in-help = يكبّر كل شيء عدا المقالة.
cmd-interface-zoom-out = تصغير الواجهة
cmd-interface-zoom-out-help = يصغّر كل شيء عدا المقالة.
cmd-interface-zoom-reset = الحجم المعتاد للواجهة
cmd-interface-zoom-reset-help = يعيد الواجهة إلى حجمها المعتاد.
cmd-invisibles = إظهار العلامات الخفية
cmd-invisibles-help = يظهر الفواصل الصفرية وعلامات الاتجاه والتطويل والمسافات الثابتة.
cmd-theme = فاتح أو داكن
cmd-theme-help = يبدّل بين المظهر الفاتح والمظهر الداكن.
cmd-high-contrast = تباين عالٍ
cmd-high-contrast-help = نص وحدود أوضح.
cmd-language = العربية أو الإنجليزية
cmd-language-help = يغيّر لغة الواجهة.
cmd-start-edge = نقل حد البداية
cmd-start-edge-help = ينقل البداية إلى ما بعد الحرف المتصل التالي.
cmd-start-edge-back = إرجاع حد البداية
cmd-start-edge-back-help = يعيد البداية إلى ما قبل الحرف المتصل.
cmd-end-edge = نقل حد النهاية
cmd-end-edge-help = ينقل النهاية إلى ما قبل الضمير المتصل.
cmd-end-edge-back = إرجاع حد النهاية
cmd-end-edge-back-help = يعيد النهاية إلى ما بعد الضمير المتصل.
cmd-edge-left = الحد حرفًا إلى اليسار
cmd-edge-left-help = ينقل الحد الذي نُقل آخر مرة.
cmd-edge-right = الحد حرفًا إلى اليمين
cmd-edge-right-help = ينقل الحد الذي نُقل آخر مرة.
cmd-edge-word-left = الحد كلمة إلى اليسار
cmd-edge-word-left-help = ينقل الحد الذي نُقل آخر مرة.
cmd-edge-word-right = الحد كلمة إلى اليمين
cmd-edge-word-right-help = ينقل الحد الذي نُقل آخر مرة.
cmd-add-fragment = إضافة التحديد جزءًا
cmd-add-fragment-help = يجعل الإشارة المحددة تشمل النص المحدد أيضًا.
cmd-outward = الإشارة الأوسع
cmd-outward-help = ينتقل إلى الخارج بين ما يقع عند المؤشر، ثم إلى الإشارة التالية.
cmd-inward = الإشارة الأضيق
cmd-inward-help = ينتقل إلى الداخل بين ما يقع عند المؤشر، ثم إلى الإشارة السابقة.
cmd-entity = اختيار الكيان
cmd-entity-page = صفحة الكيان
cmd-entity-page-help = تعرض كل ما قيل عن كيان الإشارة المحددة.
cmd-entity-help = يحدد الكيان الذي تدل عليه الإشارة.
cmd-paragraph-direction = قلب اتجاه الفقرة
cmd-paragraph-direction-help = يغيّر اتجاه الفقرة التي عند المؤشر.
cmd-palette = ابحث أو نفّذ
cmd-palette-help = يجد الأوامر والتصنيفات والمقالات بأسمائها.
cmd-filter = تصفية المقالات
cmd-filter-help = ينتقل إلى مرشح قائمة المقالات.
cmd-done-and-next = تمّ، والتالي
cmd-done-and-next-help = يعلّم المقالة منجزة ويفتح التالية.
cmd-previous-article = المقالة السابقة
cmd-previous-article-help = يفتح المقالة التي قبل هذه.
cmd-next-article = المقالة التالية
cmd-next-article-help = يفتح المقالة التي بعد هذه.
cmd-next-unfinished = المقالة التالية غير المنجزة
cmd-next-unfinished-help = يفتح المقالة التالية في القائمة من الجديدة أو قيد العمل.
cmd-assignment = خطة التوزيع
cmd-assignment-help = تحدد من يرمّز أي مقالات، وما يرمّزه شخصان.
cmd-find-repeated = البحث عن النصوص المكررة
cmd-find-repeated-help = يقرأ كل النصوص ويجمع المتطابق والمتقارب منها؛ ولا يغيّر شيئًا.
cmd-skip-repeated = ترك النسخ الأخرى
cmd-skip-repeated-help = يترك كل المقالات الأخرى التي لها نص هذه المقالة.
cmd-who-am-i = من يرمّز
cmd-who-am-i-help = يغيّر معرّف المرمِّز أو اسمه.
cmd-settings = الإعدادات
cmd-settings-help = اللغة والمظهر والأحجام والخط.
cmd-help-here = مساعدة
cmd-help-here-help = يشرح التصنيف المحدد أو الخطوات الأولى.
cmd-keymap = المفاتيح
cmd-keymap-help = يعرض كل المفاتيح ويغيّرها.
cmd-about = عن حاشية
cmd-about-help = الإصدار والتراخيص والخطوط.
cmd-label = تصنيف: { $label }
cmd-label-help = يصنّف النص المحدد أو الكلمة عند المؤشر، أو يغيّر تصنيف الإشارة المحددة.
cmd-field = { $field }: القيمة التالية
cmd-field-help = يعطي حقل الإشارة المحددة قيمته التالية.
cmd-field-back = { $field }: القيمة السابقة
cmd-field-back-help = يعطي حقل الإشارة المحددة قيمته السابقة.

## الشاشة الأولى
first-lead = دوّن مَن وماذا ومَن القائل، في حاشية النص نفسه.
first-open-articles = ملفات نصية أو JSON Lines، أو مجلد منها
first-open-project = مجلد ينتهي اسمه بـ { "\u200E" }.hashiya{ "\u200E" }
first-demo = مقالات قصيرة مرمّزة جزئيًا
first-drop = أو أفلت الملفات هنا، أو الصق نصًا بالمفتاح
first-local = كل شيء يبقى على هذا الحاسوب.
first-recent = الأحدث
first-no-recent = ستظهر هنا المشاريع التي تفتحها.
first-missing = لم يعد المجلد موجودًا
first-locate = تحديد مكانه
first-sample = مفتاح واحد يكفي: قف على كلمة واضغط رقم تصنيفها
recent-counts = { $n ->
    [zero] لا مقالات
    [one] مقالة واحدة، أُنجز منها { $done }
    [two] مقالتان، أُنجز منهما { $done }
    [few] { $n } مقالات، أُنجز منها { $done }
    [many] { $n } مقالة، أُنجز منها { $done }
   *[other] { $n } مقالة، أُنجز منها { $done }
}

## قائمة المقالات
catalogue-title = المقالات
catalogue-done = أُنجزت { $n }
catalogue-filter = تصفية المقالات
catalogue-no-match = لا مقالات مطابقة.
catalogue-show-all = عرض الكل
catalogue-empty = لا مقالات بعد.
segment-to-do = المتبقي { $n }
segment-all = الكل
segment-flagged = المؤشَّر { $n }
article-row = { $title }، { $status }، { $n ->
    [zero] لا إشارات
    [one] إشارة واحدة
    [two] إشارتان
    [few] { $n } إشارات
    [many] { $n } إشارة
   *[other] { $n } إشارة
}
catalogue-shown = { $n } من { $total }
catalogue-no-plan = لم تُوضع خطة توزيع بعد.
list-comma = ،{" "}
row-copies = { $n ->
    [zero] لا نسخ أخرى من النص
    [one] نسخة أخرى من النص نفسه
    [two] نسختان أخريان من النص نفسه
    [few] { $n } نسخ أخرى من النص نفسه
    [many] { $n } نسخة أخرى من النص نفسه
   *[other] { $n } نسخة أخرى من النص نفسه
}
row-noted = عليها ملاحظة
row-note = الملاحظة: { $note }
row-other = { $who }: { $status }، { $n ->
    [zero] لا إشارات
    [one] إشارة واحدة
    [two] إشارتان
    [few] { $n } إشارات
    [many] { $n } إشارة
   *[other] { $n } إشارة
}
filter-menu = المرشّحات
filter-clear = مسح
filter-drop = إزالة المرشّح { $filter }
filter-mine = المسندة إليّ
filter-flagged = المؤشَّرة
filter-noisy = فيها أجزاء مستبعدة
filter-repeated = النصوص المكررة
filter-status = الحالة
filter-date = التاريخ
filter-from = من تاريخ
filter-to = إلى تاريخ
filter-annotator = فيها عمل لـ
filter-by = عمل { $who }
filter-outlet = الناشر
filter-outlet-find = البحث عن ناشر
filter-outlet-none = لا ناشر يطابق.
filter-outlet-more = { $n ->
    [zero] لا مزيد
    [one] وناشر آخر؛ اكتب أعلاه لتجده
    [two] وناشران آخران؛ اكتب أعلاه لتجدهما
    [few] و{ $n } ناشرين آخرين؛ اكتب أعلاه لتجدهم
    [many] و{ $n } ناشرًا آخر؛ اكتب أعلاه لتجدهم
   *[other] و{ $n } ناشر آخر؛ اكتب أعلاه لتجدهم
}
filter-language = اللغة
filter-label = فيها التصنيف
sort-menu = الترتيب
sort-project = ترتيب المشروع
sort-title = العنوان
sort-outlet = الناشر
sort-date = التاريخ
sort-status = الحالة
sort-mentions = الإشارات
sort-claims = الادعاءات
sort-stances = المواقف
sort-descending = تنازلي
chosen-count = المختار { $n }
chosen-change = تغيير
chosen-none = إلغاء الاختيار
chosen-mark = التأشير للفريق
chosen-flag = تأشير
chosen-unflag = إزالة التأشير
chosen-assign = الإسناد
chosen-assign-to = إسناد إلى { $who }
bulk-progress = تغيير { $n } من { $total }
bulk-done = { $n ->
    [zero] لم يلزم تغيير شيء
    [one] غُيّرت مقالة واحدة
    [two] غُيّرت مقالتان
    [few] غُيّرت { $n } مقالات
    [many] غُيّرت { $n } مقالة
   *[other] غُيّرت { $n } مقالة
}
bulk-stopped = أُوقف؛ { $n ->
    [zero] لم تُغيّر أي مقالة
    [one] غُيّرت مقالة واحدة
    [two] غُيّرت مقالتان
    [few] غُيّرت { $n } مقالات
    [many] غُيّرت { $n } مقالة
   *[other] غُيّرت { $n } مقالة
}
bulk-failed = غُيّر { $n } ثم توقف العمل: { $reason }
undo-progress = تراجع: الخطوة { $n } من { $total }
redo-progress = إعادة: الخطوة { $n } من { $total }
reversal-back = إرجاع ما جرى: بقي { $n } من { $total }
reversal-stopped = أُوقف؛ لم يتغير شيء.
repeated-progress = قراءة { $n } من { $total } من النصوص
repeated-found = { $equal ->
    [zero] لا نصوص متطابقة
    [one] مجموعة واحدة من النصوص المتطابقة
    [two] مجموعتان من النصوص المتطابقة
    [few] { $equal } مجموعات من النصوص المتطابقة
    [many] { $equal } مجموعة من النصوص المتطابقة
   *[other] { $equal } مجموعة من النصوص المتطابقة
}، { $near ->
    [zero] ولا نصوص متقاربة
    [one] ومجموعة واحدة متقاربة
    [two] ومجموعتان متقاربتان
    [few] و{ $near } مجموعات متقاربة
    [many] و{ $near } مجموعة متقاربة
   *[other] و{ $near } مجموعة متقاربة
}
repeated-stopped = أُوقف؛ لم يتغير شيء
repeated-none = لا مقالة أخرى بهذا النص
plan-help = يحسب الجميع القائمة نفسها من هذه الخطة، دون اتصال أيضًا. والتراجع يلغيها.
plan-people = المرمّزون؛ نقطتان وعدد تعطيان حصة أكبر (amal basil:2)
plan-overlap = من كل 100 مقالة، يرمّزها شخصان
plan-seed = البذرة: عدد آخر يعطي خطة أخرى
plan-bad = أدخل معرّفات صالحة بلا تكرار، وتداخلًا من 0 إلى 100، وعددًا للبذرة.
plan-counting = جارٍ العدّ
plan-each = { $who }: { $n ->
    [zero] لا مقالات
    [one] مقالة واحدة
    [two] مقالتان
    [few] { $n } مقالات
    [many] { $n } مقالة
   *[other] { $n } مقالة
}
plan-twice = يرمّزها شخصان: { $n } من { $total } ({ $share })
plan-make = وضع الخطة
plan-drop = إنهاء الخطة
plan-made = وُضعت خطة التوزيع
status-new = جديدة
status-in-progress = قيد العمل
status-done = منجزة
status-in-review = قيد المراجعة
status-adjudicated = محسومة
status-skipped = متروكة

## القارئ
layer-mentions = الإشارات
layer-mentions-count = الإشارات { $n }
layer-claims = الادعاءات
layer-claims-count = الادعاءات { $n }
layer-stances = المواقف
layer-stances-count = المواقف { $n }
cmd-front-layer = الطبقة التالية إلى الأمام
cmd-front-layer-help = الإشارات ثم الادعاءات ثم المواقف ثم الكل؛ وترسم البقية بخط رفيع.
label-key = { $id }: { $name }
find-or-run = ابحث أو نفّذ
all-done = كانت هذه آخر مقالة متبقية.
project-empty = لا مقالات في هذا المشروع بعد.
reader-empty-project = لا مقالات في هذا المشروع بعد.
reader-no-article = اختر مقالة من القائمة.
reader-no-word = لا كلمة عند المؤشر. انقله إلى كلمة أو حدد نصًا.
reader-nothing-in-focus = اختر إشارة أولًا: انقرها أو اضغط Tab.
reader-select-fragment = حدد نص الجزء الإضافي أولًا.
reader-ladder-next = التالي
reader-ladder-fix = تثبيت
reader-ladder-back = رجوع

## شريط الحالة
status-opening = جارٍ فتح المشروع
status-no-project = لا مشروع مفتوحًا
position-at = المحرف { $n }
article-of = المقالة { $n } من { $total }
count-mentions = { $n ->
    [zero] لا إشارات
    [one] إشارة واحدة
    [two] إشارتان
    [few] { $n } إشارات
    [many] { $n } إشارة
   *[other] { $n } إشارة
}
count-claims = { $n ->
    [zero] لا ادعاءات
    [one] ادعاء واحد
    [two] ادعاءان
    [few] { $n } ادعاءات
    [many] { $n } ادعاءً
   *[other] { $n } ادعاء
}
count-stances = { $n ->
    [zero] لا مواقف
    [one] موقف واحد
    [two] موقفان
    [few] { $n } مواقف
    [many] { $n } موقفًا
   *[other] { $n } موقف
}
count-checks = { $n ->
    [zero] لا فحوص
    [one] فحص واحد
    [two] فحصان
    [few] { $n } فحوص
    [many] { $n } فحصًا
   *[other] { $n } فحص
}
save-saved = محفوظ
save-saving = يُحفظ
save-read-only = للقراءة فقط

## التفاصيل
tab-details = التفاصيل
tab-checks = { $n ->
    [0] الفحوص
   *[other] الفحوص { $n }
}
checks-none = لا شيء يحتاج إلى فحص في هذه المقالة.
in-paragraph = الفقرة { $n }
after-letters = بعد { $letters }
help-for = شرح { $name }
start-edge = حد البداية
end-edge = حد النهاية
value-no = لا
value-yes = نعم
value-none = بلا
entity-title = الكيان
entity-hint = اسم الكيان
entity-new = كيان جديد: { $name }
entity-remove = إزالة من الكيان
entity-here = { $n ->
    [zero] لا مواضع هنا
    [one] موضع واحد هنا
    [two] موضعان هنا
    [few] { $n } مواضع هنا
    [many] { $n } موضعًا هنا
   *[other] { $n } موضع هنا
}
entity-page = الصفحة
entity-none = ليس للإشارة المحددة كيان بعد.
entity-wait = يجري ترتيب الأسماء
entity-merge = ادمج كيانًا آخر فيه
entity-mentions = الإشارات { $n }
entity-held = مواقفه { $n }
entity-received = مواقف منه { $n }
entity-claims = ادعاءاته { $n }
entity-names = الأسماء الواردة
entity-nothing = لا شيء هنا بعد.
entity-reading = تجري قراءة ما قيل عنه
entity-progress = قُرئ { $n } من { $total } من المقالات
entity-unread = { $n ->
    [zero] قُرئت كل المقالات
    [one] تعذّرت قراءة مقالة واحدة
    [two] تعذّرت قراءة مقالتين
    [few] تعذّرت قراءة { $n } مقالات
    [many] تعذّرت قراءة { $n } مقالة
   *[other] تعذّرت قراءة { $n } مقالة
}
entity-ticked = { $n ->
    [zero] لم تُختر إشارة
    [one] اختيرت إشارة واحدة
    [two] اختيرت إشارتان
    [few] اختيرت { $n } إشارات
    [many] اختيرت { $n } إشارة
   *[other] اختيرت { $n } إشارة
}
entity-split = افصلها
entity-move = انقلها إلى
entity-name-in = الاسم { $language }
entity-aliases = أسماء أخرى
entity-type = النوع
entity-qid = ويكي بيانات
entity-qid-wrong = حرف Q ورقم، أو NIL.
entity-nil = ليس في ويكي بيانات (NIL)
entity-part = جزء من
entity-holder = شاغله
entity-member = عضو
entity-unlink = أزل { $name }
entity-author = الكاتب
entity-a-claim = ادعاء
knowledge-row = من قاعدة المعرفة
reason-name = الاسم نفسه
reason-alias = من أسمائه
reason-given = سُمّي كذلك من قبل
reason-name-alike = الاسم نفسه برسم آخر
reason-alias-alike = من أسمائه برسم آخر
reason-name-begins = يبدأ بهذا
reason-alias-begins = من أسمائه ما يبدأ بهذا
reason-word = كلمة من اسمه
reason-recent = استُعمل مؤخرًا
wide-one-at-a-time = ما زال عمل آخر يغيّر مقالات كثيرة؛ انتظره أو أوقفه.
wide-wait = يجري نقل الإشارات؛ انتظر لحظة.
wide-stopped = أُوقف ولم يتغيّر شيء.
wide-merged = تم الدمج
wide-moved = نُقلت الإشارات
wide-reading = قُرئ { $n } من { $total } من المقالات
wide-writing = نُقل { $n } من { $total }
entity-part-of = جزء من { $name }
note-title = ملاحظة
note-hint = أضف ملاحظة
labelled-by = رمّزها { $who }، { $date }
origin-manual = يدوي
origin-imported = مستورد من { $source }
origin-suggested = اقترحه { $source }
origin-propagated = منسوخ من الكلمات نفسها في موضع آخر
origin-curated = قرّره محكِّم
article-facts = المقالة
article-note = ملاحظة على المقالة
fact-title = العنوان
fact-outlet = الناشر
fact-date = التاريخ
fact-byline = الكاتب
fact-url = الرابط
fact-language = اللغة
fact-direction = الاتجاه
direction-auto = تلقائي
direction-rtl = من اليمين
direction-ltr = من اليسار
regions-title = الأجزاء
regions-hint = الأجزاء غير المفعّلة تبقى في النص لكنها لا تُحسب.
regions-none = لم تُميَّز أجزاء في هذه المقالة.
region-row = { $kind }: { $text }
region-title = العنوان
region-lead = المقدمة
region-body = المتن
region-caption = تعليق الصورة
region-credit = المصدر
region-related = روابط ذات صلة
region-comments = التعليقات
region-boilerplate = نص مكرر
region-blank = سطر فارغ

## الحوارات
verb-open = فتح
verb-cancel = إلغاء
verb-create = إنشاء المشروع
verb-browse = اختيار مجلد
verb-add = إضافة المقالة
verb-keep = اعتماد
verb-close = إغلاق
verb-take-over = تولي الكتابة
verb-stop = إيقاف
verb-understood = مفهوم
palette-hint = ابحث عن أمر أو تصنيف أو مقالة (@)
palette-nothing = لا شيء بهذا الاسم.
palette-article = مقالة
path-articles = فتح مقالات
path-articles-hint = لا نافذة لاختيار الملفات في هذا النظام. اكتب مسار ملف أو مجلد، وافصل بين المسارات بفاصلة منقوطة (;).
path-project = فتح مشروع
path-project-hint = لا نافذة لاختيار الملفات في هذا النظام. اكتب مسار مجلد المشروع.
path-folder = مجلد المشروع الجديد
path-folder-hint = لا نافذة لاختيار الملفات في هذا النظام. اكتب مسار مجلد غير موجود بعد أو فارغ.
path-copy-hint = لا نافذة لاختيار الملفات في هذا النظام. اكتب مسار مجلد غير موجود بعد أو فارغ لتُكتب النسخة فيه.
path-field = المسار
project-name = الاسم
project-folder = المجلد
project-scheme = التصنيفات
project-annotator = المرمِّز
project-new-name = مقالات
annotator-hint = حروف لاتينية وأرقام و - و _ فقط. يسمّي عملك في المشروع ولا يتغيّر.
paste-title = العنوان (يجوز تركه فارغًا)
paste-text = النص
paste-hint = الصق المقالة هنا
encoding-title = أيّ هذه القراءات صحيح؟
encoding-hint = ترميز حروف الملف { $file } غير مؤكد.
who-name = الاسم
help-title = الخطوات الأولى
help-first = ضع المؤشر على كلمة واضغط رقم التصنيف. ما تحدده بالفأرة أو بمفتاح Shift مع الأسهم يُصنَّف كما هو.
help-second = { $start } و { $end } ينقلان الحد بين الحروف المتصلة. ومفتاح Tab يتنقل بين الإشارات المتداخلة.
help-third = { $palette } يجد كل الأوامر، و { $keys } يعرض كل المفاتيح.
help-label = { $id }: { $name }
about-what = «حاشية» أداة لترميز الكيانات والادعاءات والمواقف في نصوص الأخبار، والعربية أولًا. كل شيء يبقى على هذا الحاسوب.
about-licence = برنامج حر برخصة MIT أو رخصة Apache 2.0، لك الخيار.
about-fonts = مع خطوط Noto و Amiri برخصة SIL Open Font License.
keymap-filter = تصفية الأوامر
keymap-hint = اختر أمرًا ثم اضغط مفتاحه الجديد.
keymap-press = اضغط المفتاح الجديد. Backspace يزيل المفتاح، و Esc يتركه كما هو.
keymap-waiting = اضغط مفتاحًا
keymap-clash = المفتاح نفسه لأمر: { $other }
keymap-reset = إعادة الكل إلى الأصل

## الإعدادات
set-language = اللغة
set-theme = المظهر
set-contrast = تباين عالٍ
set-digits = الأرقام
set-font = خط المقالات
set-size = حجم المقالات
set-column = عرض العمود
set-spacing = تباعد الأسطر
set-invisibles = العلامات الخفية
set-zoom = حجم الواجهة
language-english = English
language-arabic = العربية
theme-light = فاتح
theme-dark = داكن
theme-system = النظام
digits-western = 0123
digits-arabic = ٠١٢٣
font-naskh = نسخ
font-amiri = أميري
font-nastaliq = نستعليق
font-sans = بسيط
size-small = 18
size-normal = 22
size-large = 28
size-huge = 36
column-narrow = ضيق
column-normal = معتاد
column-wide = واسع
spacing-tight = متقارب
spacing-normal = معتاد
spacing-loose = متباعد
zoom-90 = 90%
zoom-100 = 100%
zoom-125 = 125%
zoom-150 = 150%
zoom-200 = 200%

## إضافة المقالات
import-done = { $n ->
    [zero] لا جديد: هذه المقالات موجودة هنا
    [one] أُضيفت مقالة واحدة
    [two] أُضيفت مقالتان
    [few] أُضيفت { $n } مقالات
    [many] أُضيفت { $n } مقالة
   *[other] أُضيفت { $n } مقالة
}
import-progress = { $total ->
    [0] تجري الإضافة
   *[other] أُضيف { $n } من { $total } م.ب
}
copy-saved = كُتبت نسخة في { $place }
import-taking-in = تُضم المقالات إلى المشروع
import-waits-file = في انتظار الملف { $file }
import-waits-folder = المقالات تنتظر ضمّها: { $reason }
import-stopping = يجري الإيقاف
import-stopped = أُوقفت الإضافة ولم يتغيّر شيء
import-problems = { $n ->
    [zero] قُرئت كل الملفات
    [one] تعذّرت قراءة ملف واحد
    [two] تعذّرت قراءة ملفين
    [few] تعذّرت قراءة { $n } ملفات
    [many] تعذّرت قراءة { $n } ملفًا
   *[other] تعذّرت قراءة { $n } ملف
}

## الأخطاء
error-open-project = تعذّر فتح المشروع
error-opening-ended = انتهى العمل عليه بلا جواب. لم يتغير شيء؛ افتحه مرة أخرى.
read-only-title = المشروع مفتوح للقراءة فقط؛ لم يتغير شيء
read-only-safe = { $n ->
    [0] كل ما أُنجز محفوظ على القرص.
    [one] ما حُفظ سابقًا باقٍ على القرص. تغيير واحد ظاهر ولم يُكتب على القرص؛ النسخة تحويه.
    [two] ما حُفظ سابقًا باقٍ على القرص. تغييران ظاهران ولم يُكتبا على القرص؛ النسخة تحويهما.
    [few] ما حُفظ سابقًا باقٍ على القرص. { $n } تغييرات ظاهرة ولم تُكتب على القرص؛ النسخة تحويها.
    [many] ما حُفظ سابقًا باقٍ على القرص. { $n } تغييرًا ظاهرًا لم يُكتب على القرص؛ النسخة تحويها.
   *[other] ما حُفظ سابقًا باقٍ على القرص. { $n } تغيير ظاهر لم يُكتب على القرص؛ النسخة تحويها.
}
read-only-copy = احفظ نسخة في مجلد آخر وتابع العمل فيها. يمكن جمع ما أنجزته لاحقًا.
read-only-taken = أغلق النافذة الأخرى أو أنهِ الأمر الآخر، ثم تولَّ الكتابة. أو احفظ نسخة وتابع العمل فيها.
taken-over = عادت الكتابة إلى هذه النافذة
still-taken = ما زالت العملية الأخرى تكتب؛ أغلقها أولًا
error-create-project = تعذّر إنشاء المشروع
error-copy = تعذّرت كتابة النسخة
error-close = لم يُغلق المشروع إغلاقًا سليمًا
error-import = تعذّرت إضافة المقالات، والمشروع كما كان
error-read = تعذّرت قراءة بعض الملفات
error-no-thread = لا يسمح النظام بعمل آخر متزامن. أغلق برامج أخرى ثم أعد المحاولة.

## السجل
tab-history = السجل
cmd-history = السجل
cmd-history-help = من غيّر ماذا ومتى؛ يذهب إلى الموضع أو يتراجع عن تغيير واحد.
history-all-articles = كل المقالات
history-this-article = هذه المقالة
history-who = تغييرات مَن
history-what = نوع التغيير
history-everybody = الجميع
history-everything = كل شيء
history-mentions = الإشارات
history-claims = الادعاءات
history-stances = المواقف
history-entities = الكيانات
history-articles = المقالات
history-project = المشروع
history-none = لا تغيير يطابق.
history-row = { $what }، { $who }، { $when }
history-row-undone = { $what }، { $who }، { $when }، جرى التراجع عنه
history-by = { $who }، { $when } بالتوقيت العالمي
history-show = عرض
history-revert = التراجع عنه
history-show-later = عرض التغيير الأحدث
history-done = جرى التراجع
history-no-article = مقالة هذا التغيير ليست في المشروع الآن.
history-later = لم يجرِ التراجع: بُني عليه تغيير أحدث أجراه { $who } في { $when } بالتوقيت العالمي. تراجع عن ذاك أولًا.
history-not-yours = لم يجرِ التراجع: لا يقدر عليه إلا { $who } لأنه عمله.
history-referred = لم يجرِ التراجع: يحيل شيء أحدث إلى ما أنشأه هذا التغيير. احذف ذاك أولًا.
history-busy = لم يجرِ التراجع: القرص متأخر بعد. أعد المحاولة بعد لحظة.
history-together = هذا جزء من تغيير شمل عدة مقالات؛ و«التراجع عنه» يشمله كله.
history-unfold = { $n ->
    [zero] عرض تغييراته واحدًا واحدًا
    [one] عرض تغييره الوحيد
    [two] عرض تغييريه واحدًا واحدًا
    [few] عرض تغييراته الـ{ $n } واحدًا واحدًا
    [many] عرض تغييراته الـ{ $n } واحدًا واحدًا
   *[other] عرض تغييراته الـ{ $n } واحدًا واحدًا
}
history-fold = طيّ تغييراته
change-status-many = { $n ->
    [zero] حالة { $n } مقالة: { $status }
    [one] حالة مقالة واحدة: { $status }
    [two] حالة مقالتين: { $status }
    [few] حالة { $n } مقالات: { $status }
    [many] حالة { $n } مقالة: { $status }
   *[other] حالة { $n } مقالة: { $status }
}
change-flag-many = { $n ->
    [zero] أُشِّرت { $n } مقالة للفريق
    [one] أُشِّرت مقالة واحدة للفريق
    [two] أُشِّرت مقالتان للفريق
    [few] أُشِّرت { $n } مقالات للفريق
    [many] أُشِّرت { $n } مقالة للفريق
   *[other] أُشِّرت { $n } مقالة للفريق
}
change-flag-removed-many = { $n ->
    [zero] أُزيل تأشير { $n } مقالة للفريق
    [one] أُزيل تأشير مقالة واحدة للفريق
    [two] أُزيل تأشير مقالتين للفريق
    [few] أُزيل تأشير { $n } مقالات للفريق
    [many] أُزيل تأشير { $n } مقالة للفريق
   *[other] أُزيل تأشير { $n } مقالة للفريق
}
change-undo = تراجُع: { $what }
change-redo = إعادة: { $what }
change-revert = تراجُع عن تغيير سابق: { $what }
change-more = { $n ->
    [zero] { $what }
    [one] { $what }، وتغيير آخر
    [two] { $what }، وتغييران آخران
    [few] { $what }، و{ $n } تغييرات أخرى
    [many] { $what }، و{ $n } تغييرًا آخر
   *[other] { $what }، و{ $n } تغيير آخر
}
change-mention-added = وُسمت «{ $quote }» بـ { $label }
change-mention-removed = أُزيل { $label } عن «{ $quote }»
change-mention-label = «{ $quote }»: من { $before } إلى { $after }
change-mention-span = { $label }: من «{ $before }» إلى «{ $after }»
change-mention-entity = «{ $quote }» تدل على { $name }
change-mention-no-entity = «{ $quote }» لم تعد تدل على كيان
change-mention-attribute = «{ $quote }»: { $name }: { $value }
change-mention-note = ملاحظة على «{ $quote }»: { $note }
change-mention = عُدّلت إشارة { $label } «{ $quote }»
change-claim-added = ادعاء جديد «{ $quote }»
change-claim = عُدّل الادعاء «{ $quote }»
change-claim-removed = حُذف الادعاء «{ $quote }»
change-stance-added = موقف جديد «{ $quote }»
change-stance = عُدّل الموقف «{ $quote }»
change-stance-removed = حُذف الموقف «{ $quote }»
change-status = المقالة { $status }
change-article-note = ملاحظة على المقالة: { $note }
change-article-note-removed = حُذفت الملاحظة على المقالة
change-flag = أُشِّرت المقالة للفريق
change-flag-removed = أُزيل تأشير المقالة للفريق
change-dismissed = صُرفت ملاحظة من الفحوص: { $reason }
change-dismissal-removed = أُعيدت ملاحظة مصروفة
change-value = { $name }: { $value }
change-fact = { $name }: من { $before } إلى { $after }
change-as-imported = ما ورد عند الإضافة
change-paragraph-direction = قُلب اتجاه فقرة
change-sentence = تغيّر موضع بداية جملة
change-region = عُدّل جزء: { $kind }
change-region-on = فُعّل جزء: { $kind }
change-region-off = عُطّل جزء: { $kind }
change-region-added = جزء جديد: { $kind }
change-region-removed = حُذف جزء: { $kind }
change-entity-added = كيان جديد { $name }
change-entity = عُدّل الكيان { $name }
change-entity-removed = حُذف الكيان { $name }
change-merged = دمج { $others } في { $name }
change-merging = دمج كيانات في { $name }
change-split = فصل { $name }: { $n ->
    [zero] بلا إشارات
    [one] إشارة واحدة
    [two] إشارتان
    [few] { $n } إشارات
    [many] { $n } إشارة
   *[other] { $n } إشارة
}
change-cluster-added = مجموعة ادعاءات جديدة { $name }
change-cluster = عُدّلت مجموعة الادعاءات { $name }
change-cluster-removed = حُذفت مجموعة الادعاءات { $name }
change-topic-added = موضوع جديد { $name }
change-topic = عُدّل الموضوع { $name }
change-topic-removed = حُذف الموضوع { $name }
change-profile = الاسم: { $name }
change-setting = الإعداد { $name }
change-registered = أُضيفت مقالات
change-withdrawn = سُحبت مقالات مضافة
change-seen = عُلّم تعارض بأنه شوهد
change-scheme = تغيّرت التصنيفات
change-created = أُنشئ المشروع
change-plan = تغيّر توزيع العمل

## متابعة الآخرين والتعارضات
cmd-take-other = خذ الأخرى
cmd-take-other-help = يعطي الموضع قيمة النسخة الأخرى، وينهي التعارض للجميع.
cmd-dismiss-finding = صرف الملاحظة
cmd-dismiss-finding-help = يزيل الملاحظة المختارة في الفحوص من القائمة مع ذكر السبب. ويفعل X ذلك هناك.
cmd-seen-clash = اطّلعت
cmd-seen-clash-help = يُبقي القيمة القائمة ويرفع التعارض من القائمة.
cmd-attach-knowledge = ربط قاعدة معرفة
cmd-attach-knowledge-help = تُعرض أسماء ملف (CSV أو JSON Lines) عند البحث عن الكيانات.
cmd-detach-knowledge = فك ربط قاعدة المعرفة
cmd-detach-knowledge-help = لا تُعرض أسماؤها بعد ذلك، والملف باقٍ.
path-knowledge-hint = لا نافذة لاختيار الملفات في هذا النظام. اكتب مسار ملف CSV أو JSONL فيه id وnames وaliases وtype.
error-knowledge = تعذّرت قراءة قاعدة المعرفة
knowledge-attached = { $n ->
    [zero] رُبطت قاعدة معرفة بلا أسطر
    [one] رُبطت قاعدة معرفة فيها سطر واحد
    [two] رُبطت قاعدة معرفة فيها سطران
    [few] رُبطت قاعدة معرفة فيها { $n } أسطر
    [many] رُبطت قاعدة معرفة فيها { $n } سطرًا
   *[other] رُبطت قاعدة معرفة فيها { $n } سطر
}
knowledge-problems = رُبطت أسطر عددها { $n }، وتعذّر استعمال { $bad }
knowledge-missing = ملف قاعدة المعرفة { $place } غير موجود الآن.
knowledge-detached = فُك ربط قاعدة المعرفة
cmd-import-scheme = استيراد مخطط
cmd-import-scheme-help = يأخذ وسوم ملف مخططًا جديدًا للمشروع.
cmd-take-over = تولّي الكتابة
cmd-take-over-help = يكتب في هذه النافذة بعد إغلاق النافذة التي كانت تكتب.
path-scheme-hint = لا نافذة لاختيار الملفات في هذا النظام. اكتب مسار ملف مخطط (ron).
save-read-only-taken = للقراءة فقط: نافذة أخرى تكتب
read-only-away = تعذّر الوصول إلى المجلد الآن. يستمر العمل تلقائيًا حين يعود، أو احفظ نسخة وتابع العمل فيها.
count-clashes = { $n ->
    [one] غيّرت نسخة أخرى موضعًا من مواضعك أيضًا
    [two] غيّرت نسخة أخرى موضعين من مواضعك أيضًا
    [few] غيّرت نسخة أخرى { $n } مواضع من مواضعك أيضًا
   *[other] غيّرت نسخة أخرى { $n } موضعًا من مواضعك أيضًا
}
clash-title = غُيّر في نسختين: { $what }
clash-stands = القائم: { $value }
clash-other = من نسخة أخرى: { $value }
clash-nothing = محذوف
clash-quote = { $label } «{ $quote }»
held = حُذف لكن شيئًا يشير إليه فبقي: { $what }
checks-folder = مجلد المشروع
copy-saved-partly = { $n ->
    [one] كُتبت نسخة في { $place }. تعذّرت قراءة بعض المشروع هنا؛ اجمع النسختين لاحقًا
    [two] كُتبت نسخة في { $place }. تعذّرت قراءة ملفين هنا؛ اجمع النسختين لاحقًا
    [few] كُتبت نسخة في { $place }. تعذّرت قراءة { $n } ملفات هنا؛ اجمع النسختين لاحقًا
   *[other] كُتبت نسخة في { $place }. تعذّرت قراءة { $n } ملفًا هنا؛ اجمع النسختين لاحقًا
}
scheme-imported = صار للمشروع مخطط جديد
error-scheme = لم يؤخذ المخطط؛ لم يتغير شيء

## الإحصاءات
cmd-statistics = الإحصاءات
cmd-statistics-help = ما أنجزه كل مرمِّز، والإشارات بحسب التصنيف، والمقالات المنجزة كل يوم.
statistics-back = رجوع إلى المقالة
statistics-copy = نسخ جدولًا
statistics-copied = الجداول في الحافظة
statistics-counting = يُحصى { $n } من { $total }
statistics-stopped = أُوقف الإحصاء
statistics-again = إعادة الإحصاء
statistics-none = لم يُحصَ شيء.
statistics-wait = يجري إحصاء المشروع
statistics-progress = المقالات بحسب المرمِّز
statistics-days = المقالات المنجزة كل يوم
statistics-utc = الأيام بالتوقيت العالمي؛ تُحسب المقالة يوم عُلّمت منجزة آخر مرة
statistics-no-days = لم تُعلَّم أي مقالة منجزة بعد.
statistics-day = { $day }: { $n ->
    [zero] لا مقالات
    [one] مقالة واحدة
    [two] مقالتان
    [few] { $n } مقالات
    [many] { $n } مقالة
   *[other] { $n } مقالة
}
statistics-labels = الإشارات بحسب التصنيف
statistics-label = { $id } { $name }: { $n ->
    [zero] لا إشارات
    [one] إشارة واحدة
    [two] إشارتان
    [few] { $n } إشارات
    [many] { $n } إشارة
   *[other] { $n } إشارة
}
statistics-whose = إشارات مَن
count-articles = { $n ->
    [zero] لا مقالات
    [one] مقالة واحدة
    [two] مقالتان
    [few] { $n } مقالات
    [many] { $n } مقالة
   *[other] { $n } مقالة
}
task-ended = انتهى العمل على غير المتوقع وكُتب تقرير. لم يتغيّر شيء.

## التصدير
cmd-export = تصدير
cmd-export-help = يكتب المقالات والترميز بصيغة تبادل.
export-format = الصيغة
export-whose = عمل
export-states = المقالات التي حالتها (بلا اختيار: كلها)
export-counting = يُحسب ما سيُكتب
export-would-file = { $n ->
    [zero] لا مقالات لتُكتب.
    [one] ستُكتب مقالة واحدة في ملف.
    [two] ستُكتب مقالتان في ملف واحد.
    [few] ستُكتب { $n } مقالات في ملف واحد.
    [many] ستُكتب { $n } مقالة في ملف واحد.
   *[other] ستُكتب { $n } مقالة في ملف واحد.
}
export-would-folder = { $n ->
    [zero] لا مقالات لتُكتب.
    [one] ستُكتب مقالة واحدة في مجلد.
    [two] ستُكتب مقالتان في مجلد، ملف لكل منهما.
    [few] ستُكتب { $n } مقالات في مجلد، ملف لكل منها.
    [many] ستُكتب { $n } مقالة في مجلد، ملف لكل منها.
   *[other] ستُكتب { $n } مقالة في مجلد، ملف لكل منها.
}
export-no-loss = الصيغة تحمل كل شيء.
export-loss = لا تحمل الصيغة: { $list }
export-lost-notes = { $n ->
    [zero] لا حقول ولا ملاحظات
    [one] حقول مقالة واحدة وملاحظاتها
    [two] حقول مقالتين وملاحظاتهما
    [few] حقول { $n } مقالات وملاحظاتها
    [many] حقول { $n } مقالة وملاحظاتها
   *[other] حقول { $n } مقالة وملاحظاتها
}
export-file = الملف
export-folder = المجلد
export-progress = يجري التصدير، الخطوة { $n } من { $total }
export-done = { $n ->
    [zero] لم تُصدَّر مقالات إلى { $place }
    [one] صُدّرت مقالة واحدة إلى { $place }
    [two] صُدّرت مقالتان إلى { $place }
    [few] صُدّرت { $n } مقالات إلى { $place }
    [many] صُدّرت { $n } مقالة إلى { $place }
   *[other] صُدّرت { $n } مقالة إلى { $place }
}
export-stopped = { $n ->
    [zero] أُوقف التصدير ولم يُكتب شيء
    [one] أُوقف التصدير؛ اكتمل ملف واحد
    [two] أُوقف التصدير؛ اكتمل ملفان
    [few] أُوقف التصدير؛ اكتملت { $n } ملفات
    [many] أُوقف التصدير؛ اكتمل { $n } ملفًا
   *[other] أُوقف التصدير؛ اكتمل { $n } ملف
}
export-one-at-a-time = يجري تصدير الآن؛ انتظره أو أوقفه.
error-export = لم يُكتب التصدير
verb-choose-place = اختيار الموضع
path-export-hint = لا نافذة لاختيار الملفات في هذا النظام. اكتب مسار الملف أو المجلد.

## بجانب عملي
cmd-beside = عمل غيري بجانب عملي
cmd-beside-help = يعرض إشارات مرمِّز آخر تحت إشاراتك بخط متقطع رفيع، للقراءة فقط.
cmd-beside-of = بجانب عملي: { $who }
cmd-beside-off = إبعاد عمل { $who }
beside-nobody = لا عمل لأحد غيرك في هذا المشروع.
beside-shown = بالجانب: { $who }، { $n ->
    [zero] لا إشارات
    [one] إشارة واحدة
    [two] إشارتان
    [few] { $n } إشارات
    [many] { $n } إشارة
   *[other] { $n } إشارة
}
beside-mention = { $who }: { $label } «{ $quote }»

## الأشخاص
who-title = من أنت في هذا المشروع؟
who-asked = أنت جديد هنا. اختر نفسك أو اكتب معرّفًا لشخص جديد؛ وحتى ذلك الحين المشروع مفتوح للقراءة فقط.
who-hint = لكل شخص عمله. اختيار معرّف آخر يغلق المشروع ويفتحه باسم ذلك الشخص.
who-somebody-new = شخص جديد
who-taken = هذا المعرّف لشخص موجود هنا.

## الواردات
cmd-imports = ما أُضيف
cmd-imports-help = ما أُضيف إلى المشروع ومن يعتمده.
imports-reading = تُقرأ القائمة
imports-none = لم يُضَف شيء بعد.
imports-hint = يُحسب ما أُضيف ما دام أحد يعتمده. السحب يخفي مقالاته إلا ما عليه عمل، ويمكن التراجع عنه.
imports-pasted = نص ملصق
imports-more = { $names } و{ $n } أخرى
imports-nobody = لا أحد يعتمده؛ مقالاته مخفية
imports-incomplete = بعض ملفاته لم تصل بعد
imports-standing = يعتمده { $who }
imports-take-back = سحب
imports-stand = اعتماد

## بيانات المقالة
fact-reset = { $name }: إرجاع إلى { $value }
fact-bad-date = يُكتب التاريخ هكذا: {"\u2066"}2026-11-25{"\u2069"} أو {"\u2066"}2026-{"\u2060"}11{"\u2069"} أو 2026.
fact-bad-language = اللغة رمز مثل ar أو fa أو en-GB.

## Claims
tab-claims =
    { $n ->
        [0] الادعاءات
       *[other] الادعاءات { $n }
    }
tab-stances =
    { $n ->
        [0] المواقف
       *[other] المواقف { $n }
    }
claim-title = ادعاء { $n }
claim-proposed = مقترح، لم يُحفظ بعد
claim-row = ادعاء { $n }: { $text }
claims-none = لا ادعاءات بعد. حدّد ما يُدّعى واضغط { $key }.
claim-from-list = مقترح من قائمة القرائن
claim-chain = من القائل
link-relay = الناقل
link-origin = الأصل
link-cue = القرينة
source-author = الكاتب
source-dropped = فاعل مستتر
claim-accept = قبول
claim-content-only = المحتوى وحده
claim-norm = جملة تُفهم من دون سياق
claim-norm-hint = الأسماء صريحة والتواريخ كاملة ومن غير إسناد
claim-inside = داخل
claim-nothing = لا شيء يُدّعى هنا. حدّد الكلمات المدّعاة.
claim-needs-cue = حدّد الكلمات الدالة على القائل، أو ضع المؤشر فيها.
claim-needs-source = حدّد القائل، أو اجعل إشارة إليه في البؤرة.
claim-none-in-focus = لا ادعاء في البؤرة. حدّد ما يُدّعى أولًا.
cmd-new-claim = ادعاء جديد
cmd-new-claim-help = يعرض ادعاءً من التحديد مع قرينة جملته ومصدرها؛ ويحفظه مفتاح الإدخال.
cmd-claim-cue = قرينة الادعاء
cmd-claim-cue-help = يصير المحدّد قرينة الادعاء.
cmd-claim-source = مصدر الادعاء
cmd-claim-source-help = يصير المحدّد أو الإشارة التي في البؤرة مصدرًا؛ والمصدر الذي بعده ناقل.
strip-accept = قبول
strip-cue = قرينة من التحديد
strip-source = مصدر، وثانيةً لناقل عنه
strip-next = التالي
strip-fields = السمات
strip-drop = إسقاط
strip-back = إلى النص

## What the checks find, by the code of the rule
finding-offset-out-of-text = «{ $quote }» خارج النص أو يشطر حرفًا؛ احذفه وعلِّمه من جديد.
finding-quote-drift = عُلِّم على «{ $quote }»، والنص هناك «{ $text }»؛ علِّمه من جديد.
finding-dangling-reference = يشير إلى { $id } وهو غير موجود هنا؛ اختر غيره أو أزل الإحالة.
finding-held = { $id } محذوف في نسخة أخرى، وبقي لأن شيئًا يشير إليه؛ عدِّله ليبقى.
finding-edge-space = «{ $quote }» يبدأ أو ينتهي بمسافة؛ انقل الحدّين إلى الحروف.
finding-region-left-out = «{ $quote }» في جزء غير مفعّل فلا يُصدَّر؛ فعِّل الجزء أو احذفه.
finding-unknown-attribute = الصفة { $attribute } ليست لهذا العنصر في المخطط؛ أزلها.
finding-unknown-value = { $value } ليست من قيم { $attribute } في المخطط؛ اختر غيرها.
finding-uncertain-without-note = موسوم بعدم التأكد؛ اذكر السبب في الملاحظة.
finding-unknown-label = التصنيف { $label } ليس في المخطط؛ اختر غيره.
finding-duplicate-mention = «{ $quote }» وُسمت بـ { $label } مرتين؛ احذف إحداهما.
finding-crossing-mention = «{ $quote }» ({ $label }) تتقاطع مع «{ $other }» ({ $other_label })؛ اجعل إحداهما داخل الأخرى أو افصلهما.
finding-quotes-around-name = علامتا التنصيص حول الاسم «{ $quote }» تبقيان خارجه؛ انقل الحدّين.
finding-metonymy-without-literal = ينوب عن غيره؛ اذكر المعنى الحرفي في خانة literal.
finding-literal-without-metonymy = ذُكر معنى حرفي ولم يُثبت مجاز؛ أثبته أو أفرغ خانة literal.
finding-norm-missing = «{ $quote }» فقدت حرفًا بعد اللام؛ اكتب الصورة الكاملة في خانة norm.
finding-role-alone = اللقب «{ $quote }» ليس بجوار اسم؛ صنِّفه { $person } بمستوى NOM.
finding-time-without-value = «{ $quote }» بلا قيمة معيارية؛ املأ خانة value.
finding-value-shape = { $value } ليست قيمة TIMEX3 ولا عددًا عشريًا؛ اكتبها مثل 2018-03-20 أو P6Y أو 12.5.
finding-pronoun-not-annotated = مستوى «{ $quote }» هو PRO، والضمائر لا تُعلَّم في هذا المخطط؛ احذفها أو غيِّر المستوى.
finding-sign-outside-number = العدد وعلامته تحديد واحد؛ أدخل العلامة بعد «{ $quote }».
finding-cluster-type = تصنيفها { $label } ونوع كيانها { $type }؛ غيِّر أحدهما أو اختر كيانًا آخر.
finding-adjective-without-entity = النسبة «{ $quote }» تلحق بكيان البلد أو القوم الذي تنسب إليه؛ اختره.
finding-entity-cycle = الكيان { $entity } جزء من نفسه؛ غيِّر أعضاءه أو ما هو جزء منه.
finding-holder-cycle = الكيان { $entity } صاحب نفسه؛ غيِّر صاحبه.
finding-holder-of-no-role = للكيان { $entity } صاحب ونوعه { $type }؛ لا صاحب إلا للمنصب.
finding-entity-type = النوع { $type } للكيان { $entity } ليس من تصنيفات المخطط؛ اختر غيره.
finding-entity-without-name = الكيان { $entity } بلا اسم في أي لغة؛ سمِّه.
finding-qid-shape = { $value } ليس رقم ويكي بيانات؛ اكتب Q وبعدها أرقام، أو NIL.
finding-duplicate-claim = «{ $quote }» عُلِّم ادعاءً مرتين؛ احذف أحدهما.
finding-quotes-around-content = علامتا التنصيص حول «{ $quote }» كله تبقيان خارجه؛ انقل الحدّين.
finding-unpaired-quotes = في «{ $quote }» علامة تنصيص بلا قرينتها؛ أدخلهما معًا أو أخرجهما معًا.
finding-brackets-at-edge = الإضافة بين القوسين عند طرف «{ $quote }» تبقى خارجه؛ انقل الحد.
finding-particle-in-claim = الأداة { $word } ليست من أي جزء من الادعاء؛ انقل الحد.
finding-conjunction-in-cue = حرف العطف المتصل بالقرينة { $word } يبقى خارجها؛ انقل الحد.
finding-claim-without-source = «{ $quote }» بلا قائل؛ أضف مصدرًا أو اجعله ضمنيًا.
finding-link-without-source = حلقة في السلسلة لا هي ضمنية ولا لها مصدر؛ سمِّ مصدرها.
finding-implicit-with-source = مصدر موسوم بأنه ضمني وهو مذكور في النص؛ أبقِ أحد الأمرين.
finding-source-kind = مصدر الادعاء إشارة أو كيان أو نص حر؛ اختر واحدًا منها.
finding-chain-order = ناقل بعد الأصل؛ رتّب السلسلة من الخارج إلى الداخل.
finding-chain-without-origin = في السلسلة ناقلون بلا أصل؛ أضف القائل أو اجعل الحلقة الأخيرة أصلًا.
finding-cue-outside-sentence = القرينة «{ $cue }» ليست في جملة المحتوى ولا المصدر؛ اختر غيرها.
finding-cue-in-content = القرينة أو المصدر «{ $cue }» ليس من المحتوى؛ أخرجه من «{ $quote }».
finding-document-without-issuer = الوثيقة «{ $quote }» تتكلم باسم جهة؛ سجِّلها.
finding-claim-cycle = «{ $quote }» متداخل في نفسه؛ اختر ادعاءً خارجيًا آخر.
finding-outside-outer-claim = «{ $quote }» متداخل في «{ $outer }» وهو خارج محتواه؛ غيِّر أحدهما.
finding-verdict-without-evidence = لا حكم بلا دليل؛ أضف الدليل أو اجعل الحكم not_checked.
finding-evidence-without-address = دليل بلا رابط ولا عبارة حاسمة؛ أضفهما.
finding-verdict-of-unverifiable = لا حكم لما لا يمكن التحقق منه؛ غيِّر الحكم أو قابلية التحقق.
finding-opinion-worth-checking = ادعاء من نوع { $type } ليس ادعاء واقعة؛ جدارته بالتحقق 0.
finding-verbatim-without-quotes = شكل «{ $quote }» حرفي ولا علامتي تنصيص حوله؛ غيِّر الشكل.
finding-cluster-polarity = في المجموعة { $cluster } ادعاءات مثبتة ومنفية؛ افصلها واربط المجموعتين.
finding-cluster-contradicts-itself = المجموعة { $cluster } تناقض نفسها؛ أزلها من قائمتها.
finding-duplicate-stance = هذا الموقف مكرر: الصاحب والهدف والقيمة والدليل واحدة؛ احذف أحدهما.
finding-stance-without-evidence = الموقف يحتاج إلى الألفاظ الدالة عليه؛ علِّمها.
finding-implicit-without-note = الموقف الضمني يحتاج إلى ملاحظة تعلّله؛ اكتبها.
finding-stance-holder = صاحب الموقف كيان أو إشارة أو الكاتب؛ اختر واحدًا.
finding-stance-target = هدف الموقف كيان أو ادعاء أو مجموعة أو موضوع؛ اختر واحدًا.
finding-author-reported = الموقف المنقول لصاحبه لا للكاتب؛ اختر صاحبه.
finding-unknown-scale = المقياس { $scale } ليس في المخطط؛ اختر غيره.
finding-topic-without-wording = الموضوع { $topic } بلا صياغة في أي لغة؛ صُغه بالإثبات.
finding-topic-negated = صياغة الموضوع «{ $wording }» منفية؛ صُغه بالإثبات.
finding-overlapping-regions = هذا الجزء يتداخل مع آخر؛ أزل أحدهما.
finding-regions-proposed = انتهت المقالة وبعض أجزائها ما زال مقترحًا؛ أكِّدها أو غيِّرها.
finding-skipped-without-reason = المقالة متخطاة؛ اذكر السبب.
finding-date-shape = التاريخ { $value } ليس بصيغة ISO؛ اكتبه مثل 2018-03-20.
finding-language-shape = { $value } ليس رمز لغة؛ اكتبه مثل ar أو fa أو en-GB.
finding-dismiss = صرف
finding-restore = إعادة
finding-reason = سبب الصرف
finding-reason-hint = سطر واحد، وEnter يحفظه
finding-dismissed = { $n ->
    [zero] لا شيء مصروف
    [one] ملاحظة مصروفة
    [two] ملاحظتان مصروفتان
    [few] { $n } ملاحظات مصروفة
    [many] { $n } ملاحظة مصروفة
   *[other] { $n } ملاحظة مصروفة
}
finding-dismissed-row = { $what } مصروفة: { $reason }
finding-dismissed-because = مصروفة: { $reason }
finding-more = و{ $n } غيرها
## Stances
stance-holder = موقف من؟
stance-target = من أي شيء؟
stance-value = ما الموقف؟
stance-hint = اكتب لتضييق القائمة
stance-new-topic = موضوع جديد
cmd-new-stance = موقف جديد
cmd-new-stance-help = صاحب الموقف ثم هدفه ثم قيمته؛ والمحدّد دليله.
stances-none = لا مواقف بعد. اجعل إشارة أو ادعاءً في البؤرة واضغط { $key }.
stance-row = { $holder }، { $value }: { $target }
stance-holder-name = صاحبه
stance-target-name = هدفه
stance-through = ناقله
stance-no-evidence = بلا دليل بعد: حدّد الألفاظ الحاسمة واضغط U.
stance-explicit = صريح
stance-implicit = مستنتج
