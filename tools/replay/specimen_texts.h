/* specimen_texts -- one paragraph and a short list in each language newcomers read, for people and programs that look
 * at how it is set.
 *
 * Each holds a phone number, Danish names, brackets, quotes of its own kind, a colon and times. Numbers stand as a
 * bundle writes them: no-break spaces inside, isolated where text runs from right to left.
 */
#ifndef REPLAY_SPECIMEN_TEXTS_H
#define REPLAY_SPECIMEN_TEXTS_H

#include <stdbool.h>

#define SPECIMEN_ITEMS 3

#define SPECIMEN_PHONE     "+45\u00A099\u00A066\u00A070\u00A000"
#define SPECIMEN_HOURS     "9.00–15.00"
#define SPECIMEN_RTL(text) "\u2066" text "\u2069"

static const struct specimen_text {
	const char *lang, *name;
	bool rtl;
	const char *paragraph, *items[SPECIMEN_ITEMS];
} specimen_texts[] = {
	{"da",
	 "Danish",
	 false,
	 "Ring til Borgerservice i Vesthimmerlands Kommune på " SPECIMEN_PHONE " (mandag–fredag), eller kom ind på "
	 "kontoret i Aars. Sig: “Jeg vil gerne have en tolk.” Tag dette med:",
	 {"pas [eller opholdskort]", "brevet fra kommunen", "kl. " SPECIMEN_HOURS}},
	{"en",
	 "English",
	 false,
	 "Call Borgerservice at Vesthimmerlands Kommune on " SPECIMEN_PHONE
	 " (Monday to Friday), or come to the office "
	 "in Aars. Say: “I would like an interpreter.” Bring these things:",
	 {"your passport [or residence card]", "the letter from the municipality", "between " SPECIMEN_HOURS}},
	{"uk",
	 "Ukrainian",
	 false,
	 "Зателефонуйте до Borgerservice (Vesthimmerlands Kommune) за номером " SPECIMEN_PHONE
	 " або прийдіть до офісу в місті Aars. Скажіть: «Мені потрібен перекладач». Візьміть із собою:",
	 {"паспорт [або посвідку на проживання]", "лист із комуни", "о " SPECIMEN_HOURS}},
	{"ar",
	 "Arabic",
	 true,
	 "اتصل بخدمة المواطنين (Borgerservice) في Vesthimmerlands Kommune على الرقم " SPECIMEN_RTL(
		 SPECIMEN_PHONE) " من الاثنين إلى الجمعة، أو تعال إلى المكتب في Aars. قل: «أريد مترجماً شفوياً». أحضر "
				 "معك:",
	 {"جواز السفر [أو بطاقة الإقامة]", "الرسالة من البلدية", "الساعة " SPECIMEN_RTL(SPECIMEN_HOURS)}},
	{"fa",
	 "Persian and Dari",
	 true,
	 "با Borgerservice در Vesthimmerlands Kommune به شمارهٔ " SPECIMEN_RTL(
		 SPECIMEN_PHONE) " تماس بگیرید (دوشنبه تا جمعه)، یا به دفتر آن در Aars بیایید. بگویید: «من به مترجم "
				 "نیاز دارم.» این‌ها را با خود "
				 "بیاورید:",
	 {"گذرنامه [یا کارت اقامت]", "نامهٔ شهرداری", "ساعت " SPECIMEN_RTL(SPECIMEN_HOURS)}},
	{"ps",
	 "Pashto",
	 true,
	 "په Vesthimmerlands Kommune کې Borgerservice ته په " SPECIMEN_RTL(
		 SPECIMEN_PHONE) " زنګ ووهئ (له دوشنبې تر جمعې)، یا په Aars کې دفتر ته راشئ. ووایئ: «زه ژباړونکي ته "
				 "اړتیا لرم.» دا شیان له ځان سره "
				 "راوړئ:",
	 {"پاسپورټ [یا د اوسېدو کارت]", "د ښاروالۍ لیک", "ساعت " SPECIMEN_RTL(SPECIMEN_HOURS)}},
	{"ur",
	 "Urdu",
	 true,
	 "Vesthimmerlands Kommune کے شہری دفتر (Borgerservice) کو " SPECIMEN_RTL(
		 SPECIMEN_PHONE) " پر پیر سے جمعہ تک فون کریں، یا Aars میں دفتر آئیں۔ کہیں: “مجھے ترجمان چاہیے۔” یہ "
				 "چیزیں ساتھ لائیں:",
	 {"پاسپورٹ [یا رہائشی کارڈ]", "بلدیہ کا خط", "وقت " SPECIMEN_RTL(SPECIMEN_HOURS)}},
	{"ku",
	 "Kurdish, Kurmanji",
	 false,
	 "Ji Borgerservice ya Vesthimmerlands Kommune re li ser hejmara " SPECIMEN_PHONE
	 " telefon bikin (ji duşemê heta înê), an jî werin nivîsgehê li Aars. Bêjin: “Ez wergêrekî dixwazim.” Van "
	 "tiştan "
	 "bi xwe re bînin:",
	 {"pasaport [an karta rûniştinê]", "nameya şaredariyê", "saet " SPECIMEN_HOURS}},
	{"ckb",
	 "Kurdish, Sorani",
	 true,
	 "پەیوەندی بە Borgerservice لە Vesthimmerlands Kommune بکەن بە ژمارەی " SPECIMEN_RTL(
		 SPECIMEN_PHONE) " (لە دووشەممە تا هەینی)، یان وەرن بۆ نووسینگە لە Aars. بڵێن: «وەرگێڕم دەوێت.» ئەمانە "
				 "لەگەڵ خۆتان بهێنن:",
	 {"پاسپۆرت [یان کارتی نیشتەجێبوون]", "نامەی شارەوانی", "کاتژمێر " SPECIMEN_RTL(SPECIMEN_HOURS)}},
	{"tr",
	 "Turkish",
	 false,
	 "Vesthimmerlands Kommune’nin vatandaş bürosunu (Borgerservice) " SPECIMEN_PHONE
	 " numarasından arayın ya da Aars’taki ofise gelin. Şöyle deyin: “Bir tercüman istiyorum.” Şunları getirin:",
	 {"pasaport [veya oturma kartı]", "belediyeden gelen mektup", "saat " SPECIMEN_HOURS}},
	{"pl",
	 "Polish",
	 false,
	 "Zadzwoń do Borgerservice w Vesthimmerlands Kommune pod numer " SPECIMEN_PHONE
	 " (od poniedziałku do piątku) albo przyjdź do biura w Aars. Powiedz: „Potrzebuję tłumacza”. Weź ze sobą:",
	 {"paszport [lub kartę pobytu]", "list z gminy", "godz. " SPECIMEN_HOURS}},
	{"ro",
	 "Romanian",
	 false,
	 "Sunați la Borgerservice din Vesthimmerlands Kommune la " SPECIMEN_PHONE
	 " (de luni până vineri) sau veniți la biroul din Aars. Spuneți: „Aș dori un interpret.” Aduceți:",
	 {"pașaportul [sau permisul de ședere]", "scrisoarea de la primărie", "ora " SPECIMEN_HOURS}},
	{"so",
	 "Somali",
	 false,
	 "Ka wac Borgerservice ee Vesthimmerlands Kommune " SPECIMEN_PHONE
	 " (Isniin ilaa Jimce), ama kaalay xafiiska Aars. Dheh: “Waxaan u baahanahay turjubaan.” Soo qaado:",
	 {"baasaboor [ama kaarka deggenaanshaha]", "warqadda degmada", "saacadda " SPECIMEN_HOURS}},
	{"ti",
	 "Tigrinya",
	 false,
	 "ናብ Borgerservice ናይ Vesthimmerlands Kommune ብቑጽሪ " SPECIMEN_PHONE
	 " ደውሉ (ካብ ሰኑይ ክሳብ ዓርቢ)፣ ወይ ናብ ቤት ጽሕፈት ኣብ Aars ምጹ። «ተርጓማይ እደሊ ኣለኹ» በሉ። እዚ ምሳኹም ኣምጽኡ፦",
	 {"ፓስፖርት [ወይ ናይ መንበሪ ፍቓድ]", "ደብዳቤ ካብ ኮሙን", "ሰዓት " SPECIMEN_HOURS}},
	{"am",
	 "Amharic",
	 false,
	 "ወደ Vesthimmerlands Kommune የዜጎች አገልግሎት (Borgerservice) በ " SPECIMEN_PHONE
	 " ይደውሉ፣ ወይም በ Aars ወደሚገኘው ቢሮ ይምጡ። “አስተርጓሚ እፈልጋለሁ” ይበሉ። እነዚህን ይዘው ይምጡ፦",
	 {"ፓስፖርት [ወይም የመኖሪያ ፈቃድ]", "ከኮሙኑ የመጣውን ደብዳቤ", "ሰዓት " SPECIMEN_HOURS}},
	{"de",
	 "German",
	 false,
	 "Rufen Sie Borgerservice in Vesthimmerlands Kommune unter " SPECIMEN_PHONE
	 " an (Montag bis Freitag) oder kommen Sie ins Büro in Aars. Sagen Sie: „Ich möchte einen Dolmetscher.“ "
	 "Bringen Sie "
	 "mit:",
	 {"den Pass [oder die Aufenthaltskarte]", "den Brief der Gemeinde", SPECIMEN_HOURS " Uhr"}},
	{"ru",
	 "Russian",
	 false,
	 "Позвоните в Borgerservice (Vesthimmerlands Kommune) по номеру " SPECIMEN_PHONE
	 " или приходите в офис в городе Aars. Скажите: «Мне нужен переводчик». Возьмите с собой:",
	 {"паспорт [или вид на жительство]", "письмо из коммуны", "в " SPECIMEN_HOURS}},
	{"lt",
	 "Lithuanian",
	 false,
	 "Skambinkite į Vesthimmerlands Kommune gyventojų aptarnavimo skyrių (Borgerservice) telefonu " SPECIMEN_PHONE
	 " arba ateikite į biurą mieste Aars. Sakykite: „Man reikia vertėjo.“ Pasiimkite:",
	 {"pasą [arba leidimą gyventi]", "laišką iš savivaldybės", SPECIMEN_HOURS " val."}},
	{"bg",
	 "Bulgarian",
	 false,
	 "Обадете се на Borgerservice (Vesthimmerlands Kommune) на " SPECIMEN_PHONE
	 " или елате в офиса в град Aars. Кажете: „Искам преводач.“ Донесете:",
	 {"паспорт [или карта за пребиваване]", "писмото от общината", SPECIMEN_HOURS " ч."}},
	{"lv",
	 "Latvian",
	 false,
	 "Zvaniet uz Vesthimmerlands Kommune klientu centru (Borgerservice) pa tālruni " SPECIMEN_PHONE
	 " vai nāciet uz biroju Aars pilsētā. Sakiet: “Man vajadzīgs tulks.” Paņemiet līdzi:",
	 {"pasi [vai uzturēšanās atļauju]", "vēstuli no pašvaldības", "plkst. " SPECIMEN_HOURS}},
	{"bs",
	 "Bosnian",
	 false,
	 "Nazovite Borgerservice u Vesthimmerlands Kommune na " SPECIMEN_PHONE
	 " (od ponedjeljka do petka) ili dođite u ured u mjestu Aars. Recite: „Treba mi tumač.” Ponesite:",
	 {"pasoš [ili boravišnu kartu]", "pismo iz općine", "u " SPECIMEN_HOURS}},
	{"vi",
	 "Vietnamese",
	 false,
	 "Hãy gọi Borgerservice của Vesthimmerlands Kommune theo số " SPECIMEN_PHONE
	 " (thứ Hai đến thứ Sáu) hoặc đến văn phòng ở Aars. Hãy nói: “Tôi cần thông dịch viên.” Mang theo:",
	 {"hộ chiếu [hoặc thẻ cư trú]", "thư của thành phố", "lúc " SPECIMEN_HOURS}},
	{"th",
	 "Thai",
	 false,
	 "โทรหา Borgerservice ของ Vesthimmerlands Kommune ที่หมายเลข " SPECIMEN_PHONE
	 " (วันจันทร์ถึงวันศุกร์) หรือมาที่สำนักงานในเมือง Aars แล้วพูดว่า “ฉันต้องการล่าม” โปรดนำสิ่งเหล่านี้มาด้วย:",
	 {"หนังสือเดินทาง [หรือบัตรถิ่นที่อยู่]", "จดหมายจากเทศบาล", "เวลา " SPECIMEN_HOURS " น."}},
	{"my",
	 "Burmese",
	 false,
	 "Vesthimmerlands Kommune ၏ Borgerservice ကို " SPECIMEN_PHONE
	 " သို့ ဖုန်းဆက်ပါ (တနင်္လာနေ့မှ သောကြာနေ့အထိ)၊ သို့မဟုတ် Aars ရှိ ရုံးသို့ လာပါ။ “ကျွန်ုပ် စကားပြန် လိုအပ်ပါသည်” "
	 "ဟု ပြောပါ။ ဤအရာများကို ယူလာပါ၊",
	 {"နိုင်ငံကူးလက်မှတ် [သို့မဟုတ် နေထိုင်ခွင့်ကတ်]", "မြို့နယ်မှ စာ", SPECIMEN_HOURS " နာရီ"}},
	{"km",
	 "Khmer",
	 false,
	 "សូមទូរស័ព្ទទៅ Borgerservice នៃ Vesthimmerlands Kommune តាមលេខ " SPECIMEN_PHONE
	 " (ពីថ្ងៃចន្ទដល់ថ្ងៃសុក្រ) ឬមកការិយាល័យនៅ Aars។ និយាយថា «ខ្ញុំត្រូវការអ្នកបកប្រែ»។ សូមយកមកជាមួយ៖",
	 {"លិខិតឆ្លងដែន [ឬប័ណ្ណស្នាក់នៅ]", "លិខិតពីសាលាក្រុង", "ម៉ោង " SPECIMEN_HOURS}},
	{"ta",
	 "Tamil",
	 false,
	 "Vesthimmerlands Kommune இன் Borgerservice ஐ " SPECIMEN_PHONE
	 " என்ற எண்ணில் அழையுங்கள் (திங்கள் முதல் வெள்ளி வரை), அல்லது Aars அலுவலகத்திற்கு வாருங்கள். “எனக்கு மொழிபெயர்ப்பாளர் "
	 "தேவை” என்று சொல்லுங்கள். இவற்றைக் கொண்டு வாருங்கள்:",
	 {"கடவுச்சீட்டு [அல்லது வதிவிட அட்டை]", "நகராட்சியின் கடிதம்", "மணி " SPECIMEN_HOURS}},
	{"ne",
	 "Nepali",
	 false,
	 "Vesthimmerlands Kommune को Borgerservice लाई " SPECIMEN_PHONE
	 " मा फोन गर्नुहोस् (सोमबारदेखि शुक्रबारसम्म), वा Aars को कार्यालयमा आउनुहोस्। भन्नुहोस्: “मलाई दोभाषे चाहिन्छ।” यी कुरा "
	 "ल्याउनुहोस्:",
	 {"राहदानी [वा बसोबास कार्ड]", "नगरपालिकाको चिठी", SPECIMEN_HOURS " बजे"}},
	{"zh",
	 "Chinese",
	 false,
	 "请致电 Vesthimmerlands Kommune 的市民服务处（Borgerservice）：" SPECIMEN_PHONE
	 "，或者到 Aars 的办公室来。请说：“我需要口译员。”请带上：",
	 {"护照【或居留卡】", "市政府的来信", "时间 " SPECIMEN_HOURS}},
};

#endif
