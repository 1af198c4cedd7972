/* samples -- text in every script, each with what once went wrong somewhere: for the tests of the text layer. */
#ifndef TESTS_TEXT_SAMPLES_H
#define TESTS_TEXT_SAMPLES_H

#include <stdbool.h>

/* U+2066 LEFT-TO-RIGHT ISOLATE, U+2067, U+2068 FIRST STRONG ISOLATE, U+2069 POP, and U+00A0. */
#define LRI "\u2066"
#define RLI "\u2067"
#define FSI "\u2068"
#define PDI "\u2069"
#define NB  "\u00A0"

static const struct sample {
	const char *name, *lang;
	bool rtl;
	float width;
	const char *utf8;
} samples[] = {
	{"danish", "da", false, 400,
	 "Ring til Borgerservice på 99" NB "66" NB "70" NB "00, eller kom forbi Himmerlandsgade 27 i Aars."},
	{"danish letters", "da", false, 300, "Ærø, Åse og Øjvind; AÅ aå é ü ß “citat” ‘enkelt’ – tankestreg…"},
	{"danish compound", "da", false, 180, "Sundhedsplejerskeordningen"},
	{"soft hyphens", "da", false, 180, "Sund\u00ADheds\u00ADpleje\u00ADrske\u00ADord\u00ADning"},
	{"soft hyphens that fit", "da", false, 500, "Sund\u00ADheds\u00ADpleje\u00ADrske"},
	{"decomposed", "da", false, 400, "A\u030Abent hele a\u030Aret, cafe\u0301"},
	{"ligatures", "en", false, 400, "office, fiffig, ffl, flag"},
	{"english", "en", false, 300, "You must apply no later than four months before (that is the rule)."},
	{"address", "da", false, 240, "www.vesthimmerland.dk/borger/boern-og-unge og post@vesthimmerland.dk"},
	{"hyphen and slash", "da", false, 160, "Mandag-torsdag 9-15/fredag 9-13, 1.234,50 kr."},
	{"no-break hyphen", "da", false, 120, "COVID\u201119 e\u2011Boks"},
	{"ukrainian", "uk", false, 360, "Телефонуйте до Borgerservice: 99" NB "66" NB "70" NB "00 (понеділок–четвер)."},
	{"ukrainian apostrophe", "uk", false, 200, "Сім’я, п’ять, об’єднання, їжа, ґанок, «лапки»"},
	{"arabic", "ar", true, 400, "يمكنك التقديم على مكان في الحضانة قبل أربعة أشهر."},
	{"arabic vowels", "ar", true, 400, "مُحَمَّدٌ السَّلامُ عَلَيْكُمْ اللّٰه"},
	{"arabic lam-alef", "ar", true, 400, "لا إله الإسلام الأطفال لآخر"},
	{"arabic danish name", "ar", true, 400, "اذهب إلى Borgerservice في Aars يوم الاثنين."},
	{"arabic phone isolated", "ar", true, 500, "اتصل على " LRI "+45" NB "99" NB "66" NB "70" NB "00" PDI " الآن."},
	{"arabic phone plain", "ar", true, 500, "اتصل على +45 99 66 70 00 الآن."},
	{"arabic address isolated", "ar", true, 420,
	 "العنوان: " LRI "Himmerlandsgade" NB "27, 9600" NB "Aars" PDI "، الطابق 2."},
	{"arabic brackets", "ar", true, 400, "الحضانة (Dagpleje) والروضة [Børnehave] و{x}."},
	{"arabic numbers", "ar", true, 400, "من 26 أسبوعًا إلى 6 سنوات، 50% و1.234,50 كرونة، 2026-03-02."},
	{"arabic time", "ar", true, 300, "الساعة " LRI "9:00–16:00" PDI "، 12:30؟"},
	{"arabic in danish", "da", false, 400, "Skriv " FSI "مرحبا بكم" PDI ": 12 gange (العربية)."},
	{"arabic in danish wrapped", "da", false, 170, "Det hedder الحضانة والروضة والمدرسة på arabisk."},
	{"rtl trailing spaces", "ar", true, 400, "مرحبا   "},
	{"ltr trailing spaces", "da", false, 400, "Hej   "},
	{"persian", "fa", true, 400,
	 "می‌توانید با شهرداری تماس بگیرید؛ خانه‌های ما ۱۲۳ و 456."},
	{"hebrew", "he", true, 300, "שלום לכם (Aars) 27, \"טוב\"."},
	{"tigrinya", "ti", false, 360, "ናብ ቤት ጽሕፈት ኮሙን ደውሉ፡ 99" NB "66" NB "70" NB "00። (Aars) ሓገዝ፧"},
	{"thai", "th", false, 300, "ติดต่อสอบถามข้อมูลได้ที่เทศบาล โทร. 99" NB "66" NB "70" NB "00 (เปิด 9.00–15.00 น.)"},
	{"thai marks", "th", false, 300, "น้ำ ที่ ผู้ใหญ่ กตัญญู ปิ่น ฐิ ญู"},
	{"burmese", "my", false, 300, "ကလေးထိန်းကျောင်းတွင် နေရာတောင်းခံပါ။ Aars 27"},
	{"khmer", "km", false, 300, "ស្វែងរកកន្លែងថែទាំកុមារ Aars"},
	{"tamil", "ta", false, 300, "நகராட்சியைத் தொடர்பு கொள்ளவும் 99" NB "66 (Aars)"},
	{"hindi", "hi", false, 300, "नगर पालिका से संपर्क करें, क्षेत्र (Aars) 27"},
	{"bengali", "bn", false, 300, "পৌরসভার সাথে যোগাযোগ করুন Aars"},
	{"urdu", "ur", true, 400, "ڈے کیئر میں جگہ کے لیے " LRI "+45" NB "99" NB "66" PDI " پر فون کریں (Aars)۔"},
	{"sorani", "ckb", true, 400, "بۆ وەرگرتنی شوێن لە باخچەی منداڵان ڕۆژی پێنجشەممە (Aars) ١٢٣."},
	{"pashto", "ps", true, 400, "د ماشومانو لپاره ځای وغواړئ، ښوونځی او څلور ګړندي (Aars)."},
	{"amharic", "am", false, 360, "ወደ ማዘጋጃ ቤት ይደውሉ፤ 99" NB "66" NB "70" NB "00። (Aars)"},
	{"bulgarian", "bg", false, 360, "Обадете се на общината: 99" NB "66" NB "70" NB "00 (щъркел, дюля)."},
	{"serbian", "sr", false, 360, "Обратите се општини за боравак (бпгдт)."},
	{"nepali", "ne", false, 300, "नगरपालिकालाई सम्पर्क गर्नुहोस्, झण्डा (Aars) ५ ८ 27"},
	{"chinese", "zh", false, 300,
	 "请拨打市政府电话：+45" NB "99" NB "66" NB "70" NB "00（Borgerservice，“周一”到周四）——谢谢……"},
	{"lao", "lo", false, 300, "ກະລຸນາໂທ 99" NB "66 ຫາຜູ້ໃຫຍ່ (Aars) ນ້ຳ"},
	{"punjabi", "pa", false, 300, "ਨਗਰ ਪਾਲਿਕਾ ਨਾਲ ਸੰਪਰਕ ਕਰੋ (Aars) ਸ੍ਰੀ 27"},
	{"gujarati", "gu", false, 300, "નગરપાલિકાનો સંપર્ક કરો (Aars) ક્ષેત્ર 27"},
	{"telugu", "te", false, 300, "సంప్రదించండి (Aars) స్త్రీ 27"},
	{"kannada", "kn", false, 300, "ಸಂಪರ್ಕಿಸಿ (Aars) ಸ್ತ್ರೀ 27"},
	{"malayalam", "ml", false, 300, "ബന്ധപ്പെടുക (Aars) സ്ത്രീ 27"},
	{"sinhala", "si", false, 300, "නගර සභාව අමතන්න (Aars) ශ්‍රී 27"},
	{"tibetan", "bo", false, 300, "འབྲེལ་བ་གནང་། (Aars) བསྒྲུབས་ 27"},
	{"georgian armenian greek", "ka", false, 400, "საქართველო Հայաստան Ελλάδα"},
	{"vietnamese", "vi", false, 400, "Gọi điện thoại đến tòa thị chính, Nguyễn Thị Ước"},
	{"romanian", "ro", false, 400, "Școala și grădinița, înscriere până în aprilie"},
	{"turkish", "tr", false, 400, "Işık İstanbul şiir ığdır fi"},
	{"symbols", "da", false, 400, "Gå → til ✓ skolen • 5 × 3 = 15 ☎"},
	{"missing", "da", false, 400, "smiley \U0001F600 og ꀀ"},
	{"mandatory breaks", "da", false, 400, "en\nto\r\n\ntre\u2028fire\u2029fem\xC2\x85seks\vsyv\n"},
	{"nested isolates", "ar", true, 400, RLI "أب " LRI "abc " RLI "دج" PDI " d" PDI " ه" PDI " z"},
	{"overrides", "da", false, 400, "\u202Eabc\u202C def \u202Bghi!\u202C"},
	{"only spaces", "da", false, 400, "   "},
	{"nothing", "da", false, 400, ""},
};

#endif
